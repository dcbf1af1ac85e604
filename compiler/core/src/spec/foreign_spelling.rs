//! What somebody meant who wrote a value as another tool takes it: `"1GB"`, `"30 sec"`, `"99,9%"`.

use crate::schema::Type;

/// How other tools name the units of time, and how this one does.
const TIMES: [(&str, &str); 6] = [
    ("ms", "ms msec msecs millis millisecond milliseconds"),
    ("s", "s sec secs second seconds"),
    ("m", "m min mins minute minutes"),
    ("h", "h hr hrs hour hours"),
    ("d", "d day days"),
    ("w", "w week weeks"),
];

/// The shorthands of other clocks.
const CLOCKS: [(&str, &str); 7] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

/// The nearest text that may be a value of the type; whoever asks tries it.
pub fn meant(text: &str, ty: Type) -> Option<String> {
    let dense: String = text.split_whitespace().collect();
    match ty {
        Type::Duration | Type::Lasting => time(&dense),
        Type::Size | Type::SizeTo(_) => size(&dense),
        Type::Cpu => {
            let number = dense.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            Some(if dense.ends_with('m') { dense } else { number.replace(',', ".") })
        }
        Type::Rate => rate(&text.to_ascii_lowercase()),
        Type::Share(_) | Type::Percent => {
            let number = dense.trim_end_matches('%').replace(',', ".");
            // Below one it may be a ratio: `0.999` is no 0.999 %.
            let ratio = !dense.ends_with('%') && number.starts_with("0");
            (!ratio).then(|| format!("{number}%"))
        }
        Type::Date => Some(dense.replace(['/', '.'], "-")),
        Type::Version => Some(dense.trim_start_matches(['v', 'V']).to_string()),
        Type::File => {
            let slashes = text.replace('\\', "/");
            let inside = !slashes.starts_with('/') && !slashes.contains(':');
            inside.then(|| slashes.trim_end_matches('/').to_string())
        }
        Type::Cron => CLOCKS.iter().find(|(word, _)| *word == dense).map(|(_, cron)| cron.to_string()),
        _ => (ty.form()?.meant)(text),
    }
}

fn time(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = rest.split_at(digits);
        let letters = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (word, tail) = tail.split_at(letters);
        let unit = unit(&word.to_ascii_lowercase()).filter(|_| digits > 0)?;
        out += &format!("{number}{unit}");
        rest = tail;
    }
    Some(out)
}

fn unit(word: &str) -> Option<&'static str> {
    TIMES.iter().find(|(_, words)| words.split(' ').any(|it| it == word)).map(|(unit, _)| *unit)
}

fn size(text: &str) -> Option<String> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let unit = match unit.to_ascii_lowercase().trim_end_matches('b') {
        "k" => "k",
        "m" => "M",
        "g" => "G",
        "t" => "T",
        "ki" => "Ki",
        "mi" => "Mi",
        "gi" => "Gi",
        "ti" => "Ti",
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

fn rate(text: &str) -> Option<String> {
    let count = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, rest) = text.split_at(count);
    let word = match rest.trim() {
        "rps" | "r/s" | "qps" => "s",
        "rpm" | "r/m" => "m",
        rest => rest.rsplit(['/', ' ']).next()?,
    };
    unit(word).filter(|unit| *unit != "ms" && *unit != "w").map(|unit| format!("{count}/{unit}"))
}
