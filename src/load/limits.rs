//! What one file may cost us: documents come from strangers.

/// The limits of one file, each far above what a real document needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file; also the bytes that aliases (`*name`) may copy in all.
    pub file_bytes: usize,
    /// Levels of lists and mappings inside each other.
    pub depth: usize,
    /// Keys and values of one file, those that aliases copy included.
    pub nodes: usize,
    /// System documents of one dossier: each is judged by itself against every policy.
    pub systems: usize,
    /// Problems that are collected in one file before the reading stops.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { file_bytes: 8 * 1024 * 1024, depth: 64, nodes: 200_000, systems: 100, problems: 100 }
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn the_depth_is_safe_for_recursive_walks() {
        let limits = Limits::default();
        assert_eq!((limits.file_bytes, limits.depth, limits.nodes), (8_388_608, 64, 200_000));
    }
}
