//! The path from the root of all output back to the spec, by which generated files name files of the project.

use super::slashes;
use crate::fault::IoFault;
use std::path::{Component, Path, PathBuf};

/// The path from the folder `from`, which need not be there yet, to the folder `to`, with a `/` behind it; empty if they are
/// one. Links are followed first: whoever reads the path meets the folders as they lie on disk.
///
/// # Errors
/// No path leads there: another drive, or a name that is no UTF-8.
pub fn relative_path(from: &Path, to: &Path) -> Result<String, IoFault> {
    let (from, to) = (real(from)?, real(to)?);
    let (here, there): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = here.iter().zip(&there).take_while(|(left, right)| left == right).count();
    if common == 0 {
        return Err(IoFault::say(from, "no relative path leads from here to the spec"));
    }
    let mut path = PathBuf::new();
    here[common..].iter().for_each(|_| path.push(".."));
    path.extend(&there[common..]);
    if path.to_str().is_none() {
        return Err(IoFault::say(from, "the path from here to the spec is not UTF-8"));
    }
    let path = slashes(&path);
    Ok(if path.is_empty() { path } else { path + "/" })
}

/// A folder as it lies on disk; of what is not there yet, the names.
///
/// # Errors
/// The working folder is gone.
pub fn real(path: &Path) -> Result<PathBuf, IoFault> {
    let whole = std::path::absolute(path).map_err(IoFault::at(path))?;
    let known = whole.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    let Some((part, mut real)) = known else { return Ok(whole) };
    for name in whole.strip_prefix(part).unwrap_or(Path::new("")).components() {
        match name {
            Component::ParentDir => drop(real.pop()),
            name => real.push(name),
        }
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::relative_path;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_path_leads_back() {
        let folder = std::env::temp_dir().join(format!("bastide-relative-{}", std::process::id()));
        fs::create_dir_all(folder.join("apps/shop")).expect("a folder");
        let from =
            |from: &str| relative_path(&folder.join(from), &folder.join("apps/shop")).expect("it is there");
        assert_eq!(from("apps/shop"), "");
        assert_eq!(from("apps/shop/../shop/."), "");
        assert_eq!(from("apps"), "shop/");
        assert_eq!(from(""), "apps/shop/");
        assert_eq!(from("apps/shop/out"), "../");
        assert_eq!(from("out/of/nothing/.."), "../../apps/shop/");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.join("apps"), folder.join("link")).expect("a link");
            assert_eq!(from("link/shop"), "");
            assert_eq!(from("link/other/deep"), "../../shop/");
        }
        assert!(relative_path(Path::new("."), Path::new(".")).expect("it is there").is_empty());
        drop(fs::remove_dir_all(folder));
    }
}
