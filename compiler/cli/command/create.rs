//! Files a command starts for the user.

use crate::fault::IoFault;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Writes a file and makes the folders above it; never over one that is there.
///
/// # Errors
/// It is there, or the disk refuses.
pub fn create(path: &Path, text: &str) -> Result<(), IoFault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(IoFault::at(folder))?;
    }
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(IoFault::at(path))
}
