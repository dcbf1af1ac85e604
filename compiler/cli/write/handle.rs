//! An open folder, to make files in it by their name alone: the system need not walk the whole path for each, which is
//! a fifth of making a small file.

use std::fs::File;
use std::io;
use std::path::Path;

/// An open folder.
#[cfg(unix)]
pub struct Handle(File);

#[cfg(unix)]
impl Handle {
    /// Opens a folder.
    pub fn open(place: &Path) -> io::Result<Handle> {
        File::open(place).map(Handle)
    }

    /// Makes a file where nothing is.
    pub fn create(&self, name: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, openat};
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        Ok(openat(&self.0, name, flags, Mode::from_raw_mode(0o666)).map(File::from)?)
    }
}

/// The path of a folder, where folders cannot be opened so.
#[cfg(not(unix))]
pub struct Handle(std::path::PathBuf);

#[cfg(not(unix))]
impl Handle {
    /// Notes a folder.
    pub fn open(place: &Path) -> io::Result<Handle> {
        Ok(Handle(place.to_owned()))
    }

    /// Makes a file where nothing is.
    pub fn create(&self, name: &str) -> io::Result<File> {
        File::create_new(self.0.join(name))
    }
}
