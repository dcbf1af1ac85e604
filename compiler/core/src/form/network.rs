//! Places in a network: addresses with a mask, ports of a machine, what is reached outside.

use super::address::{HOST, host};
use super::{BASE, Form, Shape, Wrong, once, without_commas};
use std::net::IpAddr;

/// Ranges of addresses.
pub const RANGES: Form = Form {
    looks_like: "ranges of addresses separated by spaces, such as `\"10.0.0.0/8 192.168.1.0/24\"`",
    shape: Shape::List,
    part: |text| range(text).map(drop),
    whole: once,
    meant: |text| {
        Some(without_commas(text)?.split(' ').map(whole_range).collect::<Option<Vec<_>>>()?.join(" "))
    },
    good: &["10.0.0.0/8", "10.1.2.3/32 fd00::/8", "0.0.0.0/0"],
};

/// What lies outside: everything, nothing, a host, an address or a range of addresses.
pub const OUTSIDE: Form = Form {
    looks_like: "`\"any\"`, `\"none\"`, a host such as `\"api.example.com\"`, or addresses such as `\"10.1.0.0/16\"`",
    part: outside,
    meant: |text| match text.split_once('/') {
        Some((first, _)) if first.parse::<IpAddr>().is_ok() => whole_range(text),
        _ if text.contains(' ') => None,
        _ => (HOST.meant)(text),
    },
    good: &["any", "none", "api.example.com", "*.example.com", "10.1.0.0/16", "10.0.0.1", "fd00::/8"],
    ..BASE
};

/// An address that a name has, or the machine's own.
pub const ADDRESS: Form = Form {
    looks_like: "an address such as `\"192.168.1.7\"`, or `\"host-gateway\"` for the machine itself",
    part: |text| match text == "host-gateway" || text.parse::<IpAddr>().is_ok() {
        true => Ok(()),
        false => Err(Wrong::whole(text, "this is no address")),
    },
    meant: |text| Some(text.trim_start_matches('[').trim_end_matches(']').to_string()),
    good: &["192.168.1.7", "fd00::7", "host-gateway"],
    ..BASE
};

/// Where a machine publishes a port: perhaps an address, a port or a range of ports, perhaps the port of the container.
pub const PUBLISH: Form = Form {
    looks_like: "a port of this machine, perhaps behind an address: `\"8443\"`, `\"127.0.0.1:8443\"`, `\"0.0.0.0:10000-10020\"`",
    part: |text| publish(text).map(drop),
    meant: |text| {
        let bare = text.split('/').next().unwrap_or(text);
        Some(bare.replace("localhost:", "127.0.0.1:").replace('*', "0.0.0.0"))
    },
    good: &["53", "127.0.0.1:8443", "0.0.0.0:10000-10020", "[::1]:53", "8443:443", "127.0.0.1:8443:443"],
    ..BASE
};

/// The first and the last port of a range; of one port twice the same.
pub type Ports = (u16, u16);

/// Address, ports of the machine, and ports of the container of a text that [`PUBLISH`] takes.
///
/// # Errors
///
/// What is wrong with it, and where.
pub fn publish(text: &str) -> Result<(Option<String>, Ports, Option<Ports>), Wrong> {
    let end = match text.find(']') {
        Some(at) if text.starts_with('[') => Some(at + 1),
        _ => text.find(':').filter(|at| text[..*at].contains('.')),
    };
    let (address, from) = match end {
        None => (None, 0),
        Some(end) => {
            let bare = text[..end].trim_start_matches('[').trim_end_matches(']');
            if bare.parse::<IpAddr>().map_or(true, |it| it.is_ipv6() != text.starts_with('[')) {
                return Err(Wrong { at: 0..end, why: "this is no address".into() });
            }
            if !text[end..].starts_with(':') {
                return Err(Wrong { at: end..text.len(), why: "a port must follow".into() });
            }
            (Some(bare.to_string()), end + 1)
        }
    };
    let rest = &text[from..];
    let (outer, inner) = rest.split_once(':').map_or((rest, None), |(outer, inner)| (outer, Some(inner)));
    let own = ports(outer).map_err(|wrong| wrong.after(from))?;
    let behind = from + outer.len() + 1;
    let inner = inner.map(|it| ports(it).map_err(|wrong| wrong.after(behind))).transpose()?;
    Ok((address, own, inner))
}

fn ports(text: &str) -> Result<Ports, Wrong> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let begins = if first.len() == text.len() { 0 } else { first.len() + 1 };
    let (least, most) = (port(first)?, port(last).map_err(|wrong| wrong.after(begins))?);
    match least > most {
        true => Err(Wrong::whole(text, "it ends before it begins")),
        false => Ok((least, most)),
    }
}

fn port(text: &str) -> Result<u16, Wrong> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let number = text.parse().ok().filter(|_| digits);
    number.ok_or_else(|| Wrong::whole(text, "this is no port from 1 to 65535"))
}

/// An address and how many bits of it count.
fn range(text: &str) -> Result<(IpAddr, u32), Wrong> {
    let Some((address, bits)) = text.split_once('/') else {
        return Err(Wrong::whole(text, "it does not say how many bits count: `/32` for one address"));
    };
    let Ok(ip) = address.parse::<IpAddr>() else {
        return Err(Wrong { at: 0..address.len(), why: "this is no address".into() });
    };
    let digits = bits.bytes().all(|byte| byte.is_ascii_digit()) && (bits == "0" || !bits.starts_with('0'));
    let most = if ip.is_ipv4() { 32 } else { 128 };
    let Some(bits) = bits.parse::<u32>().ok().filter(|it| digits && *it <= most) else {
        let at = address.len() + 1..text.len();
        return Err(Wrong { at, why: format!("this is no number from 0 to {most}") });
    };
    match first_of(ip, bits) == ip {
        true => Ok((ip, bits)),
        false => Err(Wrong { at: 0..address.len(), why: "bits are set behind those that count".into() }),
    }
}

/// The first address of a range.
fn first_of(ip: IpAddr, bits: u32) -> IpAddr {
    match ip {
        IpAddr::V4(ip) => IpAddr::V4((u32::from(ip) & u32::MAX.checked_shl(32 - bits).unwrap_or(0)).into()),
        IpAddr::V6(ip) => {
            IpAddr::V6((u128::from(ip) & u128::MAX.checked_shl(128 - bits).unwrap_or(0)).into())
        }
    }
}

/// A range that is meant by an address, or by one with more bits than count.
fn whole_range(text: &str) -> Option<String> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let ip: IpAddr = address.parse().ok()?;
    let most = if ip.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(most), |it| it.parse().ok()).filter(|it| *it <= most)?;
    Some(format!("{}/{bits}", first_of(ip, bits)))
}

/// Addresses as a range, if a text of [`OUTSIDE`] is one.
pub fn addresses(text: &str) -> Option<String> {
    (text.contains('/') || text.parse::<IpAddr>().is_ok()).then(|| whole_range(text)).flatten()
}

fn outside(text: &str) -> Result<(), Wrong> {
    if text.contains('/') {
        return range(text).map(drop);
    }
    let numbers = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.parse::<IpAddr>() {
        Ok(_) => Ok(()),
        Err(_) if numbers && !text.is_empty() => Err(Wrong::whole(text, "this is no address")),
        Err(_) => host(text),
    }
}
