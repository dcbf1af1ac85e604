//! What a pipeline needs to know of a Dockerfile: its stages, and the images it is built on.

use std::collections::BTreeSet;

/// A Dockerfile, as far as stages go (docs.docker.com, "Dockerfile reference": `FROM`, `COPY --from`, here-documents).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dockerfile {
    /// Names of its stages; Docker makes no difference between capitals and small letters.
    pub stages: BTreeSet<String>,
    /// Images it begins with or copies from, without tag and digest.
    pub images: BTreeSet<String>,
}

impl Dockerfile {
    /// Reads the instructions that name stages and images. What is no Dockerfile has none.
    pub fn read(text: &str) -> Dockerfile {
        let mut file = Dockerfile::default();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let Some(instruction) = words.first().filter(|it| !it.starts_with('#')) else { continue };
            if instruction.eq_ignore_ascii_case("from") {
                file.stage(&words[1..]);
            }
            let from = words.iter().filter_map(|word| word.strip_prefix("--from="));
            file.images.extend(from.map(|image| name(image).to_string()));
            // The text of a here-document is no instruction.
            if let Some(end) = words.iter().find_map(|word| word.split_once("<<")).map(|(_, end)| end) {
                let end = end.trim_start_matches('-').trim_matches(['"', '\'']);
                let is_word =
                    !end.is_empty() && end.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
                if is_word {
                    lines.by_ref().find(|line| line.trim_start_matches('\t') == end);
                }
            }
        }
        let stages = &file.stages;
        file.images.retain(|image| !stages.contains(&image.to_ascii_lowercase()));
        file
    }

    /// `FROM [--platform=…] IMAGE [AS NAME]`
    fn stage(&mut self, words: &[&str]) {
        let mut words = words.iter().filter(|word| !word.starts_with("--"));
        self.images.extend(words.next().map(|image| name(image).to_string()));
        if words.next().is_some_and(|word| word.eq_ignore_ascii_case("as")) {
            self.stages.extend(words.next().map(|stage| stage.to_ascii_lowercase()));
        }
    }

    /// Whether it has a stage of this name, or that many stages that this number is one.
    pub fn has(&self, stage: &str) -> bool {
        stage.is_empty() || stage.parse::<u16>().is_ok() || self.stages.contains(&stage.to_ascii_lowercase())
    }
}

/// An image without its tag and digest: a colon before a slash is a port.
fn name(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => image,
    }
}

#[cfg(test)]
mod tests {
    use super::Dockerfile;

    #[test]
    fn stages_and_images_are_read() {
        let text = "# FROM a AS no\nARG V=1\nfrom --platform=$BUILDPLATFORM r.example:5000/go:${V}@sha256:1 as Build\n\
            RUN <<-\"EOF\" sh\nFROM table AS t\n\tEOF\nFROM scratch\nCOPY --from=build /a /a\n\
            COPY --from=r.example/shop/base:1 /b /b\n  FROM build AS test\n";
        let file = Dockerfile::read(text);
        assert_eq!(Vec::from_iter(&file.stages), ["build", "test"]);
        assert_eq!(Vec::from_iter(&file.images), ["r.example/shop/base", "r.example:5000/go", "scratch"]);
        assert!(file.has("BUILD") && file.has("") && file.has("0") && !file.has("lint"));
        assert_eq!(Dockerfile::read("RUN <<\nFROM a AS b\n").stages.len(), 1, "`<<` alone begins nothing");
    }
}
