//! What a site asks of robots, as RFC 9309 has it.
//!
//! In: the site's robots.txt. Out: whether a path may be asked, and how long to wait between two. Never: asks more because a line
//! cannot be read.

use std::time::Duration;

/// Bytes of a robots.txt that are read; RFC 9309 asks for no fewer.
pub const MOST_BYTES: u64 = 500 << 10;
/// The longest pause that a site is granted.
const LONGEST_DELAY: f64 = 3600.0;

/// The rules for us.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Robots {
    /// Whether a pattern allows, and the pattern.
    rules: Vec<(bool, String)>,
    /// The pause between two questions.
    pub delay: Option<Duration>,
}

/// What a file says to a robot of this name: the groups that name it, or else those for all.
pub fn read(text: &str, name: &str) -> Robots {
    let (mut own, mut all) = (None::<Robots>, Robots::default());
    let (mut to_us, mut to_all, mut heading) = (false, false, false);
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or("");
        let Some((field, value)) = line.split_once(':') else { continue };
        let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
        if field == "user-agent" {
            if !std::mem::replace(&mut heading, true) {
                (to_us, to_all) = (false, false);
            }
            to_all |= value == "*";
            if product(value).eq_ignore_ascii_case(name) {
                to_us = true;
                own.get_or_insert_default();
            }
            continue;
        }
        let groups = [to_us.then_some(own.as_mut()).flatten(), to_all.then_some(&mut all)];
        match field.as_str() {
            "allow" | "disallow" => {
                heading = false;
                for group in groups.into_iter().flatten().filter(|_| !value.is_empty()) {
                    group.rules.push((field == "allow", normal(value)));
                }
            }
            "crawl-delay" => {
                heading = false;
                let seconds = value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                for group in groups.into_iter().flatten() {
                    group.delay = seconds.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_DELAY))).or(group.delay);
                }
            }
            // site maps and the like belong to no group
            _ => {}
        }
    }
    own.unwrap_or(all)
}

impl Robots {
    /// Whether a path, with its query, may be asked: the longest pattern that fits decides, of two the one that allows.
    pub fn allow(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, &path));
        fitting.max_by_key(|(allows, pattern)| (pattern.len(), *allows)).is_none_or(|(allows, _)| *allows)
    }
}

/// The name of a robot, without its version.
fn product(value: &str) -> &str {
    value.split(|character: char| !character.is_ascii_alphabetic() && !matches!(character, '-' | '_')).next().unwrap_or("")
}

/// Octets outside of ASCII in percent signs, those in percent signs in capitals.
fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut digits = 0;
    for byte in path.bytes() {
        match byte {
            b'%' => digits = 3,
            byte if !byte.is_ascii() => {
                out.push_str(&format!("%{byte:02X}"));
                continue;
            }
            _ => {}
        }
        out.push(char::from(if digits > 0 { byte.to_ascii_uppercase() } else { byte }));
        digits = usize::saturating_sub(digits, 1);
    }
    out
}

/// Whether a pattern with `*` and a last `$` fits the beginning of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let Some(last) = pieces.next_back() else { return !whole || rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    if whole { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_the_nearest_group_decides() {
        let text = "\u{feff}User-agent: *\nDisallow: /\n\nUser-Agent: other\nUser-agent: Chancery/1.0 # us\nDisallow: /private\nAllow: /private/news\n\
            Disallow: /*.pdf$\nDisallow: /a*b*c\nCrawl-delay: 2.5\nSitemap: https://a.example/\nDisallow: /\u{e9}t%c3%a9\n\nUser-agent: b\nDisallow: /x\n";
        let robots = read(text, "chancery");
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/news/1", true),
            ("/private/newS", false),
            ("/a.pdf", false),
            ("/a.pdf?b", true),
            ("/a1b2c3", false),
            ("/a1c2b", true),
            ("/x", true),
            ("/%C3%A9t%C3%A9/1", false),
        ] {
            assert_eq!(robots.allow(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, Some(Duration::from_millis(2500)));
        assert!(!read(text, "somebody").allow("/1"));
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        for text in
            ["", "Disallow: /", "User-agent: chancery\nDisallow:\n", "User-agent: *\nCrawl-delay: NaN\nDisallow", "<html>a: b</html>"]
        {
            let robots = read(text, "chancery");
            assert!(robots.allow("/a") && robots.delay.is_none(), "{text}");
        }
        assert!(!read("User-agent:*\nDisallow:/a\nCrawl-delay: 1e300", "chancery").allow("/a"));
        assert_eq!(read("User-agent: *\nCrawl-delay: 1e300", "chancery").delay, Some(Duration::from_secs(3600)));
    }
}
