//! zip archives.
//!
//! In: an archive. Out: its files as sources, in the order of its directory. Never: writes a file, or believes a size.

use super::{Definition, Format, Holds, open};
use crate::item::{Item, Jobs, one, refused};
use crate::source::{Source, Unpacker, Window, shown};
use crate::{Cap, Options};
use ::zip::{CompressionMethod, ZipArchive};
use flate2::read::DeflateDecoder;
use std::io::{BufReader, Read};
use std::sync::Arc;

pub const ZIP: Format = Format(&Definition {
    name: "zip",
    holds: Holds::Sources,
    endings: &["zip"],
    recognise: |head| head.bytes.starts_with(b"PK\x03\x04") || head.bytes.starts_with(b"PK\x05\x06"),
    read,
});

/// Files by which documents of other programs are known, which are zip archives too.
const OF_PROGRAMS: &[&str] = &["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"];

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let (name, place) = (source.name.clone(), source.place);
    let opened = source.inside(&options.caps).and_then(|inside| Ok((inside, source.into_file(&options.caps)?)));
    let (inside, file) = match opened {
        Ok(opened) => opened,
        Err(reason) => return refused(name, reason),
    };
    let mut archive = match ZipArchive::new(BufReader::new(file.clone())) {
        Ok(archive) => archive,
        Err(error) => return refused(name, format!("damaged: {error}")),
    };
    if archive.len() as u64 > options.caps.of(Cap::Entries) {
        return refused(name, options.caps.refusal(Cap::Entries));
    }
    if let Some(of) = OF_PROGRAMS.iter().find(|of| archive.index_for_name(of).is_some()) {
        let reason = format!("binary: a document or program that is a zip archive (it has a {of}), not a text; convert it to text first");
        return match place {
            crate::source::Place::Among => one(Item::PassedOver { source: name, reason }),
            crate::source::Place::Asked => refused(name, reason),
        };
    }
    if archive.is_empty() {
        return one(Item::Empty { source: name });
    }
    let options = options.clone();
    Box::new((0..archive.len()).flat_map(move |index| file_of(&mut archive, index, &name, &file, &inside, &options)))
}

fn file_of(
    archive: &mut ZipArchive<BufReader<Window>>,
    index: usize,
    name: &str,
    file: &Window,
    inside: &Unpacker,
    options: &Arc<Options>,
) -> Jobs {
    let entry = match archive.by_index_raw(index) {
        Ok(entry) => entry,
        Err(error) => return refused(format!("{name}/file {}", index + 1), format!("damaged: {error}")),
    };
    let path = entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), |name| name.into_owned());
    let (method, encrypted) = (entry.compression(), entry.encrypted());
    let place = format!("{name}/{}", shown(&path));
    if !entry.is_file() {
        return Box::new(std::iter::empty());
    }
    if crate::folder::is_hidden(&path) {
        return one(Item::PassedOver { source: place, reason: "hidden".to_owned() });
    }
    let Some(start) = entry.data_start() else { return refused(place, "damaged: its bytes are nowhere") };
    let packed = file.part(start, entry.compressed_size());
    if encrypted {
        return refused(place, "encrypted; unpack it with its password first");
    }
    let unpacked: Box<dyn Read + Send> = match method {
        CompressionMethod::Stored => Box::new(packed),
        CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
        other => return refused(place, format!("packed by {other}; expected deflate; unpack it first")),
    };
    open(inside.source(place, &path, unpacked), options)
}
