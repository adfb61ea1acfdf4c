//! The nearest known word for a misspelt one.

/// The known word that is nearest to a written one, if any is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let most = length.max(3) / 3;
    let near = |word: &&str| {
        // So many letters have to be added or taken away at least; a key may be as long as a file.
        if length.abs_diff(word.chars().count()) > most {
            return None;
        }
        let distance = strsim::damerau_levenshtein(written, word);
        (distance <= most).then_some(distance)
    };
    let scored = known.into_iter().filter_map(|word| near(&word).map(|distance| (distance, word)));
    scored.min().map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        let known = ["deadline_days", "on_end", "scope"];
        assert_eq!(nearest("deadine_days", known), Some("deadline_days"));
        assert_eq!(nearest("onend", known), Some("on_end"));
        assert_eq!(nearest("weather", known), None);
    }
}
