//! Which addresses may be asked.
//!
//! In: addresses as feeds and servers write them, and what their names resolve to. Out: addresses of the public web, or why they are
//! none. Never: leads to this machine, the network around it, or the services of its host, unless the user allows that network.

use serde::{Deserialize, Deserializer};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use url::Url;

/// Characters of an address at the most.
const LONGEST: usize = 4096;

/// An address as it is written somewhere, seen from the address where it stands.
pub fn parse(word: &str, base: Option<&Url>) -> Result<Url, String> {
    let word = word.trim();
    if word.len() > LONGEST {
        return Err("an address without end".to_owned());
    }
    let parsed = base.map_or_else(|| Url::parse(word), |base| base.join(word));
    let mut url = parsed.map_err(|error| format!("{word:?} is no address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("{}: addresses are not asked; expected http or https", url.scheme()));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(format!("{word:?} names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a name or password in it is not asked".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// A stretch of addresses, such as `10.0.0.0/8`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Net {
    address: IpAddr,
    bits: u32,
}

impl Net {
    fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.bits,
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.bits,
            _ => false,
        }
    }
}

impl FromStr for Net {
    type Err = String;

    fn from_str(word: &str) -> Result<Net, String> {
        let expected = || format!("{word:?}: expected a network such as 10.0.0.0/8 or fd00::/8");
        let (address, bits) = word.split_once('/').ok_or_else(expected)?;
        let (address, bits): (IpAddr, u32) = (address.parse().map_err(|_| expected())?, bits.parse().map_err(|_| expected())?);
        let most = if address.is_ipv4() { 32 } else { 128 };
        if bits <= most { Ok(Net { address, bits }) } else { Err(expected()) }
    }
}

impl<'de> Deserialize<'de> for Net {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Net, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u32) -> Net {
    Net { address: IpAddr::V4(Ipv4Addr::new(a, b, c, d)), bits }
}

const fn v6(a: u16, b: u16, bits: u32) -> Net {
    Net { address: IpAddr::V6(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0)), bits }
}

/// Of the addresses of version 4, those that are nobody's on the public web.
const CLOSED_V4: &[(Net, &str)] = &[
    (v4(0, 0, 0, 0, 8), "this network"),
    (v4(10, 0, 0, 0, 8), "a private network"),
    (v4(100, 64, 0, 0, 10), "a provider's network"),
    (v4(127, 0, 0, 0, 8), "this machine"),
    (v4(169, 254, 0, 0, 16), "this link, where hosts keep their metadata"),
    (v4(172, 16, 0, 0, 12), "a private network"),
    (v4(192, 0, 0, 0, 24), "reserved"),
    (v4(192, 0, 2, 0, 24), "for documents"),
    (v4(192, 88, 99, 0, 24), "a relay"),
    (v4(192, 168, 0, 0, 16), "a private network"),
    (v4(198, 18, 0, 0, 15), "for measurements"),
    (v4(198, 51, 100, 0, 24), "for documents"),
    (v4(203, 0, 113, 0, 24), "for documents"),
    (v4(224, 0, 0, 0, 4), "many at once"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

/// Of version 6, what is public is all in here,
const PUBLIC_V6: Net = v6(0x2000, 0, 3);
/// but for these.
const CLOSED_V6: &[(Net, &str)] = &[
    (v6(0x2001, 0, 23), "reserved, or a tunnel"),
    (v6(0x2001, 0xdb8, 32), "for documents"),
    (v6(0x2002, 0, 16), "a tunnel"),
    (v6(0x3fff, 0, 20), "for documents"),
];
/// What stands before an address of version 4 that is reached through version 6.
const TRANSLATED: Net = v6(0x64, 0xff9b, 96);

/// Where may be asked besides the public web.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// Networks that the user allows.
    pub allow: Vec<Net>,
}

impl Reach {
    /// Why an address may not be asked.
    pub fn refusal(&self, address: IpAddr) -> Option<String> {
        let meant = meant(address);
        if self.allow.iter().any(|net| net.contains(meant)) {
            return None;
        }
        let closed = match meant {
            IpAddr::V4(_) => CLOSED_V4.iter().find(|(net, _)| net.contains(meant)).map(|(_, what)| *what),
            IpAddr::V6(_) if PUBLIC_V6.contains(meant) => CLOSED_V6.iter().find(|(net, _)| net.contains(meant)).map(|(_, what)| *what),
            IpAddr::V6(_) => Some("no public address"),
        };
        closed.map(|what| format!("it leads to {address} ({what}), which is not asked; [network] allow = [...] allows a network"))
    }
}

/// The address that is reached in the end.
fn meant(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(own) if TRANSLATED.contains(address) => IpAddr::V4(Ipv4Addr::from_bits(own.to_bits() as u32)),
        canonical => canonical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_web_is_asked() {
        let reach = Reach::default();
        for closed in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "::127.0.0.1",
            "100::1",
        ] {
            assert!(reach.refusal(closed.parse().expect("an address")).is_some(), "{closed}");
        }
        for public in ["1.1.1.1", "100.128.0.1", "172.32.0.1", "193.0.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"] {
            assert_eq!(reach.refusal(public.parse().expect("an address")), None, "{public}");
        }
        let own = Reach { allow: vec!["127.0.0.0/8".parse().expect("a network"), "fd00::/8".parse().expect("a network")] };
        for (address, allowed) in [("127.0.0.1", true), ("::ffff:127.0.0.1", true), ("fd00::1", true), ("10.0.0.1", false), ("::1", false)]
        {
            assert_eq!(own.refusal(address.parse().expect("an address")).is_none(), allowed, "{address}");
        }
        for word in ["10.0.0.0", "10.0.0.0/33", "a/8", "::/129"] {
            assert!(word.parse::<Net>().is_err(), "{word}");
        }
    }

    #[test]
    fn addresses_are_those_of_the_web() {
        let base = Url::parse("https://news.example/world/rss.xml").expect("an address");
        for (word, meant) in [
            ("https://a.example/1#top", "https://a.example/1"),
            (" /2 ", "https://news.example/2"),
            ("3?a=b", "https://news.example/world/3?a=b"),
            ("//b.example", "https://b.example/"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://2130706433/", "http://127.0.0.1/"),
        ] {
            assert_eq!(parse(word, Some(&base)).as_ref().map(Url::as_str), Ok(meant), "{word}");
        }
        let long = format!("https://a.example/{}", "x".repeat(5000));
        for word in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,a",
            "ftp://a.example/",
            "https://u:p@a.example/",
            "http://",
            &long,
        ] {
            assert!(parse(word, Some(&base)).is_err(), "{word}");
        }
        assert!(parse("/2", None).is_err());
    }
}
