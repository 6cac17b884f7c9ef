//! Signs and codes of currencies, which are the same in every language.
//!
//! In: a word or mark. Out: its ISO 4217 code. Never: knows a currency's name; names are the packs'.

use super::reader::Reader;
use chancery_language::Shape;

/// Signs of one mark.
const SIGNS: &[(&str, &str)] = &[
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₸", "KZT"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₺", "TRY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₫", "VND"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("₪", "ILS"),
    ("₾", "GEL"),
    ("₼", "AZN"),
    ("֏", "AMD"),
    ("₮", "MNT"),
    ("₭", "LAK"),
    ("៛", "KHR"),
    ("฿", "THB"),
    ("₵", "GHS"),
    ("₡", "CRC"),
    ("₲", "PYG"),
    ("৳", "BDT"),
];

/// Letters before a dollar sign.
const DOLLARS: &[(&str, &str)] = &[
    ("US", "USD"),
    ("R", "BRL"),
    ("C", "CAD"),
    ("CA", "CAD"),
    ("CAD", "CAD"),
    ("Can", "CAD"),
    ("A", "AUD"),
    ("AU", "AUD"),
    ("AUD", "AUD"),
    ("NZ", "NZD"),
    ("HK", "HKD"),
    ("S", "SGD"),
    ("SG", "SGD"),
    ("NT", "TWD"),
    ("TT", "TTD"),
    ("J", "JMD"),
    ("N", "NAD"),
    ("FJ", "FJD"),
    ("MX", "MXN"),
    ("Mex", "MXN"),
    ("USD", "USD"),
];

/// Codes in use (ISO 4217).
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP \
    CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY \
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD \
    TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWL";

/// Codes that are also words or names when they stand before a number.
const WORDS: &[&str] =
    &["ALL", "TOP", "CUP", "TRY", "PEN", "MAD", "GEL", "COP", "MOP", "BAM", "BOB", "LAK", "SOS", "SAR", "AMD", "SDG", "ERN"];

/// The ISO code that a word is.
pub(super) fn code(word: &str) -> Option<&'static str> {
    if word == "RMB" {
        return Some("CNY");
    }
    if word.len() != 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    CODES.split_ascii_whitespace().find(|code| *code == word)
}

/// Whether a code is also a word.
pub(super) fn is_word(code: &str) -> bool {
    WORDS.contains(&code)
}

/// The sign that begins at a word: `€`, `US$`, `R$`, `$US`.
pub(super) fn symbol(reader: &Reader, at: usize) -> Option<(&'static str, usize)> {
    if reader.shape(at)? == Shape::Mark {
        let (_, code) = SIGNS.iter().find(|(sign, _)| *sign == reader.word(at))?;
        // $US5
        if *code == "USD" && reader.word(at + 1) == "US" && !reader.spaced(at + 1) {
            return Some((code, at + 2));
        }
        return Some((code, at + 1));
    }
    if reader.is_mark(at + 1, '$') {
        let letters = reader.word(at);
        let tight = !reader.spaced(at + 1);
        let known = DOLLARS.iter().find(|(known, _)| *known == letters).map(|(_, code)| *code);
        // "A $5 million loan" is no Australian one
        return known.or_else(|| code(letters)).filter(|_| tight || letters == "US").map(|code| (code, at + 2));
    }
    // U.S.$
    (reader.word(at) == "U"
        && reader.is_mark(at + 1, '.')
        && reader.word(at + 2) == "S"
        && reader.is_mark(at + 3, '.')
        && reader.is_mark(at + 4, '$'))
    .then_some(("USD", at + 5))
}
