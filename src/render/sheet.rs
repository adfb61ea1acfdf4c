//! A sheet about one thing, such as a policy or a field: a head and titled sections of lines.

use std::fmt::Write;

use super::escape;

/// A sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    head: String,
    sections: Vec<(String, Vec<String>)>,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(head: String) -> Sheet {
        Sheet { head, sections: Vec::new() }
    }

    /// Adds a section; one without lines is left out.
    pub fn section(&mut self, title: impl Into<String>, lines: Vec<String>) {
        if !lines.is_empty() {
            self.sections.push((title.into(), lines));
        }
    }

    /// Whether there is no section.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", escape::terminal(&self.head));
        for (title, lines) in &self.sections {
            let _ = writeln!(out, "\n{title}");
            for line in lines {
                let _ = writeln!(out, "  {}", escape::terminal(line));
            }
        }
        out
    }

    /// As Markdown below a heading of the second level.
    pub fn markdown(&self) -> String {
        let mut out = format!("## {}\n", escape::markdown(&self.head));
        for (title, lines) in &self.sections {
            let _ = write!(out, "\n**{title}**\n\n");
            match lines.as_slice() {
                [only] => {
                    let _ = writeln!(out, "{}", escape::markdown(only));
                }
                lines => {
                    for line in lines {
                        let _ = writeln!(out, "- {}", escape::markdown(line));
                    }
                }
            }
        }
        out
    }
}
