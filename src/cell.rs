//! Cells of a sheet as people name them.

/// A cell as people name it: `G12`; row and column counted from 0.
pub fn name(row: u32, column: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), u64::from(column) + 1);
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn cells_have_their_usual_names() {
        let table =
            [((0, 0), "A1"), ((11, 6), "G12"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((9, 16383), "XFD10")];
        for ((row, column), want) in table {
            assert_eq!(name(row, column), want);
        }
    }
}
