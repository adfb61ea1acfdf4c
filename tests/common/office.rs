//! LibreOffice, which opens workbooks as people do and saves them again.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Scratch;

/// The program that opens workbooks, where it is there. The gate does not let it be missing.
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
pub fn office() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let found =
        std::env::split_paths(&paths).map(|folder| folder.join("soffice")).find(|path| path.is_file());
    if found.is_none() {
        assert!(std::env::var_os("HADOME_OFFICE_REQUIRED").is_none(), "LibreOffice is not installed");
        println!("skipped: LibreOffice is not installed");
    }
    found
}

/// Opens a workbook of the scratch folder and saves it again into `saved/`.
#[track_caller]
pub fn save_again(office: &Path, scratch: &Scratch, file: &str) {
    let profile = format!("-env:UserInstallation=file://{}", scratch.path("profile").display());
    let format = "xlsx:Calc MS Excel 2007 XML";
    let ran = Command::new(office)
        .current_dir(scratch.path("."))
        .args([&profile, "--headless", "--convert-to", format, "--outdir", "saved", file])
        .output()
        .expect("it runs");
    assert!(ran.status.success() && scratch.path(&format!("saved/{file}")).exists(), "{ran:?}");
}
