//! Files below an open folder: whatever a path says, and whatever is swapped while a command runs, nothing outside is
//! met, and nothing but a regular file is opened. `std` has no such calls, and a path whose steps are checked one by one
//! before it is opened loses to whoever swaps a folder for a link in between.

use cap_fs_ext::{AccessType, DirExt, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_primitives::fs::AccessModes;
use cap_std::ambient_authority;
use cap_std::fs::OpenOptions;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

pub use cap_fs_ext::FollowSymlinks;
pub use cap_std::fs::{Dir, File, Metadata};

/// Opens a folder that the user named, which may be a link.
///
/// # Errors
/// It is not there, is no folder, or the system refuses.
pub fn open(path: &Path) -> io::Result<Dir> {
    Dir::open_ambient_dir(path, ambient_authority())
}

/// Opens a folder below another, empty for that one itself. None of the steps may be a link.
///
/// # Errors
/// The same, and of a link.
pub fn folder(dir: &Dir, path: &str) -> io::Result<Dir> {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let first = steps.next().map_or_else(|| dir.try_clone(), |step| dir.open_dir_nofollow(step))?;
    steps.try_fold(first, |dir, step| dir.open_dir_nofollow(step))
}

/// The same; what is missing is made. The new folders come as paths, the lowest last, also when it fails.
///
/// # Errors
/// A step is a link or a file, or the system refuses.
pub fn make_folder(dir: &Dir, path: &str, made: &mut Vec<String>) -> io::Result<Dir> {
    let mut now = dir.try_clone()?;
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    let mut from = 0;
    for end in ends {
        let step = &path[std::mem::replace(&mut from, end + 1)..end];
        if step.is_empty() {
            continue;
        }
        now = match now.open_dir_nofollow(step) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match now.create_dir(step) {
                    // Somebody was faster.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    done => {
                        done?;
                        made.push(path[..end].into());
                    }
                }
                now.open_dir_nofollow(step)?
            }
            opened => opened?,
        };
    }
    Ok(now)
}

/// Whether files may be put into a folder and taken away: why not, as an error.
///
/// # Errors
/// The system would refuse.
pub fn writable(dir: &Dir) -> io::Result<()> {
    let how = AccessModes { readable: false, writable: true, executable: true };
    dir.access(".", AccessType::Access(how))
}

/// Opens a regular file to be read; `None` if there is something else. A pipe is not waited for.
///
/// # Errors
/// It is not there, leads out of the folder, or the system refuses.
pub fn regular(
    dir: &Dir,
    path: impl AsRef<Path>,
    links: FollowSymlinks,
) -> io::Result<Option<(File, Metadata)>> {
    let mut how = OpenOptions::new();
    how.read(true).follow(links).nonblock(true);
    let file = dir.open_with(path, &how)?;
    let meta = file.metadata()?;
    Ok(meta.is_file().then_some((file, meta)))
}

/// What a file holds, in bytes; `None` if that is more than the limit, whatever its size was when it was opened.
///
/// # Errors
/// The system refuses.
pub fn bytes(file: File, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(file.metadata()?.len().min(limit) as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Whether its owner may run a file.
#[cfg(unix)]
pub fn executable(meta: &Metadata) -> Option<bool> {
    use cap_std::fs::PermissionsExt;
    Some(meta.permissions().mode() & 0o100 != 0)
}

/// Where files have no such bit, nobody can tell.
#[cfg(not(unix))]
pub fn executable(_: &Metadata) -> Option<bool> {
    None
}

/// Whether a path led out of the folder: the system was not asked then.
pub fn led_out(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}
