//! Which lines of a Markdown text stand in a block of code between fences.
//!
//! Takes a text line by line; gives for each whether it is code or a fence around it. It knows no blocks by indentation, which
//! no document of ours has.

/// Blocks of code between fences of backticks or tildes, after `CommonMark` 0.31, section 4.5. Other than there a fence may be
/// indented by more than three spaces: people's own words may hold lists with code in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fence {
    /// The mark of the block that is open, and how many of it opened it.
    open: Option<(u8, usize)>,
}

impl Fence {
    /// Takes the next line; whether it belongs to a block of code, its fences included.
    pub(super) fn holds(&mut self, line: &str) -> bool {
        let line = line.trim();
        let mark = line.bytes().next().filter(|b| matches!(b, b'`' | b'~'));
        let length = mark.map_or(0, |m| line.bytes().take_while(|b| *b == m).count());
        match (self.open, mark) {
            (Some((open, least)), Some(mark)) if mark == open && length >= least && length == line.len() => {
                self.open = None;
            }
            (Some(_), _) => {}
            // Backticks on a line that has more of them behind its words are code within a sentence.
            (None, Some(mark)) if length >= 3 && !(mark == b'`' && line[length..].contains('`')) => {
                self.open = Some((mark, length));
            }
            (None, _) => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Fence;

    /// The lines that are no code.
    fn outside(text: &str) -> Vec<&str> {
        let mut fence = Fence::default();
        text.lines().filter(|line| !fence.holds(line)).collect()
    }

    #[test]
    fn backticks_and_tildes_fence() {
        assert_eq!(outside("a\n```rust\nb\n```\nc"), ["a", "c"]);
        assert_eq!(outside("a\n~~~\nb\n~~~\nc"), ["a", "c"]);
        assert_eq!(outside("- a\n    ~~~~ text\n    b\n    ~~~~~\nc"), ["- a", "c"]);
    }

    #[test]
    fn only_its_own_mark_closes_a_block() {
        assert_eq!(outside("~~~\n```\nb\n~~~\nc"), ["c"]);
        assert_eq!(outside("````\n```\n~~~~\nb\n````\nc"), ["c"]);
        assert_eq!(outside("~~~\n~~~ b\n~~\n~~~\nc"), ["c"]);
    }

    #[test]
    fn code_within_a_sentence_opens_nothing() {
        assert_eq!(outside("```a``` b\nc"), ["```a``` b", "c"]);
        assert_eq!(outside("~~a~~ b\nc"), ["~~a~~ b", "c"]);
        // Info of a tilde fence may hold backticks and tildes.
        assert_eq!(outside("~~~ a ``` ~~~\nb\n~~~\nc"), ["c"]);
    }

    #[test]
    fn an_open_block_goes_on_to_the_end() {
        assert_eq!(outside("a\n~~~\nb\nc"), ["a"]);
    }
}
