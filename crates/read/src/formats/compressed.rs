//! gzip and zstd: one file behind another, as they come.
//!
//! In: a compressed source, in as many members or frames as it likes. Out: what is in it, as a source. Never: stops for good at
//! damage: it is an error once, and reading on goes on at the next member, which is what a crawl's records are.

use super::{Definition, Format, Head, Holds, open};
use crate::Options;
use crate::item::{Jobs, refused};
use crate::peek::Peek;
use crate::source::Source;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use zstd::stream::read::Decoder as ZstdDecoder;

type Input = Peek<Box<dyn BufRead + Send>>;

const GZIP_MAGIC: &[u8] = b"\x1f\x8b\x08";
const ZSTD_MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";
/// A frame that a decoder skips; the first of a crawl may hold the dictionary of all others.
const ZSTD_ASIDE: &[u8] = b"\x5d\x2a\x4d\x18";
/// Bytes of a dictionary at the most.
const MOST_DICTIONARY: u32 = 16 << 20;
/// The widest window of a frame, as a power of two: 128 MiB.
const WIDEST: u32 = 27;

pub const GZIP: Format = Format(&Definition {
    name: "gzip",
    holds: Holds::Sources,
    endings: &["gz", "gzip", "tgz"],
    recognise: |head: &Head| head.bytes.starts_with(GZIP_MAGIC),
    read: |source, options| read(source, options, |input| Ok(Members::new(input, GZIP_MAGIC, GzipMember::begin))),
});

pub const ZSTD: Format = Format(&Definition {
    name: "zstd",
    holds: Holds::Sources,
    endings: &["zst", "zstd", "tzst"],
    recognise: |head: &Head| head.bytes.starts_with(ZSTD_MAGIC) || head.bytes.starts_with(ZSTD_ASIDE),
    read: |source, options| {
        read(source, options, |mut input| {
            let dictionary = dictionary(&mut input)?;
            Ok(Members::new(input, ZSTD_MAGIC, move |input| ZstdFrame::begin(input, &dictionary)))
        })
    },
});

fn read<M: Read + Send + 'static>(source: Source, options: &Arc<Options>, unpack: impl FnOnce(Input) -> io::Result<M>) -> Jobs {
    let (name, charset, media) = (source.name.clone(), source.charset.clone(), source.media.clone());
    let label = inner_label(&source.label);
    let (known, place) = (source.known.clone(), source.place);
    let inside = match source.inside(&options.caps) {
        Ok(inside) => inside,
        Err(reason) => return refused(name, reason),
    };
    match unpack(Peek::new(source.into_reader())) {
        Err(error) => refused(name, format!("damaged: {error}")),
        Ok(members) => {
            let mut inner = inside.source(name, &label, members);
            // the file is still the same, only smaller
            inner.known = chancery_model::Document { id: inner.known.id, ..known };
            (inner.place, inner.charset, inner.media) = (place, charset, media);
            open(inner, options)
        }
    }
}

/// The name of what is in a compressed file.
fn inner_label(label: &str) -> String {
    match label.rsplit_once('.') {
        Some((name, "tgz" | "tzst")) => format!("{name}.tar"),
        Some((name, ending)) if [GZIP, ZSTD].iter().any(|format| format.0.endings.contains(&ending.to_lowercase().as_str())) => {
            name.to_owned()
        }
        _ => label.to_owned(),
    }
}

/// One member or frame of a compressed file, which gives its input back.
trait Member: Read + Send {
    fn end(self: Box<Self>) -> Input;
}

struct GzipMember(GzDecoder<Input>);

impl GzipMember {
    fn begin(input: Input) -> io::Result<Box<dyn Member>> {
        Ok(Box::new(GzipMember(GzDecoder::new(input))))
    }
}

impl Read for GzipMember {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Member for GzipMember {
    fn end(self: Box<Self>) -> Input {
        self.0.into_inner()
    }
}

struct ZstdFrame(ZstdDecoder<'static, Input>);

impl ZstdFrame {
    fn begin(input: Input, dictionary: &[u8]) -> io::Result<Box<dyn Member>> {
        let mut decoder = match dictionary {
            [] => ZstdDecoder::with_buffer(input)?,
            dictionary => ZstdDecoder::with_dictionary(input, dictionary)?,
        }
        .single_frame();
        decoder.window_log_max(WIDEST)?;
        Ok(Box::new(ZstdFrame(decoder)))
    }
}

impl Read for ZstdFrame {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Member for ZstdFrame {
    fn end(self: Box<Self>) -> Input {
        self.0.finish()
    }
}

/// The dictionary that a crawl's first frame may hold, itself compressed or not.
fn dictionary(input: &mut Input) -> io::Result<Vec<u8>> {
    if input.peek(ZSTD_ASIDE.len())? != ZSTD_ASIDE {
        return Ok(Vec::new());
    }
    let mut head = [0; 8];
    input.read_exact(&mut head)?;
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    if length > MOST_DICTIONARY {
        return Err(io::Error::other("its dictionary is too large"));
    }
    let mut dictionary = Vec::new();
    input.take(length.into()).read_to_end(&mut dictionary)?;
    if !dictionary.starts_with(ZSTD_MAGIC) {
        return Ok(dictionary);
    }
    let mut unpacked = Vec::new();
    ZstdDecoder::with_buffer(&dictionary[..])?.take(MOST_DICTIONARY.into()).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

enum State {
    Between(Input),
    Within(Box<dyn Member>),
    Ended,
}

/// The members of a compressed file as one stream.
struct Members<B> {
    state: State,
    magic: &'static [u8],
    begin: B,
}

impl<B: FnMut(Input) -> io::Result<Box<dyn Member>>> Members<B> {
    fn new(input: Input, magic: &'static [u8], begin: B) -> Members<B> {
        Members { state: State::Between(input), magic, begin }
    }
}

impl<B: FnMut(Input) -> io::Result<Box<dyn Member>>> Read for Members<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(mut input) => {
                    // what lies between members is padding, or what damage left
                    if !input.skip_to(self.magic, u64::MAX)? {
                        return Ok(0);
                    }
                    self.state = State::Within((self.begin)(input)?);
                }
                State::Within(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Between(member.end()),
                    Ok(bytes) => {
                        self.state = State::Within(member);
                        return Ok(bytes);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => self.state = State::Within(member),
                    Err(error) => {
                        self.state = State::Between(member.end());
                        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("damaged: {error}")));
                    }
                },
            }
        }
    }
}
