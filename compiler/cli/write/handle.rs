//! An open folder, to make and find files in it by their name alone: the system need not walk the whole path for each,
//! which is a tenth of making a small file.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

/// What stands under a name.
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file, open.
    File(File, Metadata),
    /// A folder.
    Folder,
    /// A link, which is not followed, or a device.
    Other,
}

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

    /// What stands under a name; `place` is the whole path.
    pub fn find(&self, name: &str, place: &Path) -> io::Result<Found> {
        use rustix::fs::{Mode, OFlags, openat};
        // A link is an error, a pipe does not wait for its other end.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        match openat(&self.0, name, flags, Mode::empty()).map(File::from) {
            Ok(file) => {
                let meta = file.metadata()?;
                Ok(found(&meta).unwrap_or(Found::File(file, meta)))
            }
            Err(error) => failed(error.into(), place),
        }
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

    /// What stands under a name; `place` is the whole path.
    pub fn find(&self, _: &str, place: &Path) -> io::Result<Found> {
        match std::fs::symlink_metadata(place) {
            Ok(meta) => match found(&meta) {
                Some(other) => Ok(other),
                None => File::open(place).map(|file| Found::File(file, meta)),
            },
            Err(error) => failed(error, place),
        }
    }
}

/// What is not a file.
fn found(meta: &Metadata) -> Option<Found> {
    if meta.is_file() {
        return None;
    }
    Some(if meta.is_dir() { Found::Folder } else { Found::Other })
}

/// What stands where no file could be opened.
fn failed(error: io::Error, place: &Path) -> io::Result<Found> {
    if error.kind() == ErrorKind::NotFound {
        return Ok(Found::Nothing);
    }
    let meta = std::fs::symlink_metadata(place)?;
    found(&meta).ok_or(error)
}
