//! What of a page is its article.
//!
//! In: a tree, its blocks, and what the page says of itself. Out: for each text what part of the page it is. Never: alters the tree, or
//! knows a language.
//!
//! The element that holds the article is the one whose prose outweighs its links the most. Above it the headline is looked for, by
//! what the page says its title is; what stands between is the lead. Within it, what is linked as a whole, called a menu or a box, or
//! repeated, is left out.

use super::blocks::{Block, Blocks};
use super::hints::Hint;
use super::lines::is_invisible;
use super::said::Said;
use super::stamp;
use super::tags::Tag;
use super::tree::{Attribute, Tree};
use chancery_model::Part;
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::Range;

/// The article of a page.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The part that each text plays; [`Part::Furniture`] where it is none of the article.
    pub parts: Vec<Option<Part>>,
    /// The headline, where it stands on the page.
    pub headline: Option<String>,
    /// How much prose was found.
    pub size: usize,
    /// The day that a line beside the headline or called a day shows; of two such lines the earlier, as what is told anew is told later.
    pub day: Option<Date>,
}

/// An element called furniture that holds more of the prose than this share of hundred is not, unless the text is known to be elsewhere.
const HOLDS_THE_TEXT: usize = 45;

/// Blocks between the headline and the end of the lead, at the most.
const FARTHEST_LEAD: usize = 12;

/// Elements around a line that may be called a day or an author.
const HIGHEST_INFO: usize = 12;

/// Prose beside teasers below which they are what the page is about.
const TEASERS_ALONE: usize = 300;

/// Elements that are called the text, at the most.
const MOST_BODIES: usize = 16;

/// Words of a line with a day, at the most: by whom, published when, told anew when.
const LONGEST_DATE: usize = 24;

/// Lines with a day that may be that of publication.
const DAYS: usize = 2;

/// Prose below which a page has no article to be told from the rest.
const LEAST_PROSE: usize = 60;

/// Finds the article.
pub fn find(tree: &Tree, blocks: &Blocks, said: &Said) -> Article {
    let mut article = Article { parts: vec![None; tree.nodes.len()], ..Article::default() };
    let headline = headline(tree, &blocks.blocks, &said.titles);
    let page = Page::new(tree, blocks, headline);
    let main = page.main();
    let chosen = page.choose(main, said);
    for (block, part) in blocks.blocks.iter().zip(chosen) {
        if let Some(part) = part {
            block.texts.iter().for_each(|text| article.parts[*text] = Some(part));
            article.size += if block.is_prose() && part == Part::Text { block.size } else { 0 };
        }
    }
    article.headline = headline.map(|block| words_of(tree, &blocks.blocks[block]));
    let shown = blocks.blocks.iter().filter(|block| block.texts.iter().any(|text| article.parts[*text] == Some(Part::Furniture)));
    article.day = shown.filter_map(|block| stamp::shown(&words_of(tree, block), &said.tongue)).take(DAYS).min();
    article.day = article.day.or_else(|| page.line_above().and_then(|block| stamp::shown(&words_of(tree, block), &said.tongue)));
    article
}

/// The words of a block, with single spaces.
fn words_of(tree: &Tree, block: &Block) -> String {
    let text: String = block.texts.iter().map(|text| tree.text(*text)).collect();
    let text: String = text.chars().filter(|character| character.is_whitespace() || !is_invisible(*character)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The block that says what the page says its title is; else the first heading of the first level.
fn headline(tree: &Tree, blocks: &[Block], titles: &[String]) -> Option<usize> {
    let titles: Vec<String> = titles.iter().map(|title| plain(title)).filter(|title| title.len() >= 8).collect();
    let fit = |block: &Block| -> usize {
        if block.out || block.caption || block.words > 60 {
            return 0;
        }
        let level = block.heading.map_or(0, |level| usize::from(8 - level));
        let words = plain(&words_of(tree, block));
        let said = titles.iter().enumerate().filter_map(|(rank, title)| match () {
            () if words == *title => Some(60 - rank.min(5) * 2),
            // the name of the site stands behind it, or a kicker before it
            () if words.len() * 2 >= title.len()
                && words.len() > 12
                && (title.contains(&words) || words.contains(title.as_str()) && level > 0) =>
            {
                Some(36)
            }
            () => None,
        });
        let said = said.max().unwrap_or(0);
        // the same words as a link are the link of another place to this page
        let linked = block.linked * 2 > block.size;
        match (said, block.heading) {
            (0, Some(1)) if titles.is_empty() || block.words >= 4 => 10,
            (0, _) => 0,
            (said, None) => said - 20,
            (said, _) => said + level - if linked { level.max(10) } else { 0 },
        }
    };
    let best = blocks.iter().map(fit).enumerate().max_by_key(|(at, fit)| (*fit, std::cmp::Reverse(*at)))?;
    (best.1 > 0).then_some(best.0)
}

struct Page<'a> {
    tree: &'a Tree,
    blocks: &'a [Block],
    hints: &'a [Option<Hint>],
    headline: Option<usize>,
    /// For each block the prose before it.
    prose_before: Vec<usize>,
    /// For each node whether an element around it, or it itself, is no part of the article.
    furniture: Vec<bool>,
    /// For each block whether it tells what another article is about, below its linked headline.
    teasers: Vec<bool>,
}

impl<'a> Page<'a> {
    fn new(tree: &'a Tree, blocks: &'a Blocks, headline: Option<usize>) -> Page<'a> {
        let mut prose_before = vec![0];
        for block in &blocks.blocks {
            let prose = if block.is_prose() && !block.out && !block.caption { block.size } else { 0 };
            prose_before.push(prose_before.last().copied().unwrap_or(0) + prose);
        }
        let mut page =
            Page { tree, blocks: &blocks.blocks, hints: &blocks.hints, headline, prose_before, furniture: Vec::new(), teasers: Vec::new() };
        page.furniture = page.furniture();
        page.teasers = page.teasers();
        page
    }

    /// The blocks within a node.
    fn blocks_of(&self, node: usize) -> Range<usize> {
        let first = self.blocks.partition_point(|block| block.start() < node);
        let end = self.tree.nodes[node].end;
        first..first + self.blocks[first..].partition_point(|block| block.start() < end)
    }

    fn prose(&self, node: usize) -> usize {
        let blocks = self.blocks_of(node);
        self.prose_before[blocks.end] - self.prose_before[blocks.start]
    }

    /// Whether the page says that an element holds the text.
    fn is_body(&self, node: usize) -> bool {
        self.hints[node] == Some(Hint::Body)
            || self
                .tree
                .attribute(node, Attribute::ItemProp)
                .is_some_and(|property| property.split_whitespace().any(|word| word == "articleBody"))
    }

    fn furniture(&self) -> Vec<bool> {
        let tree = self.tree;
        let all = self.prose(0);
        let bodies: Vec<usize> = (0..tree.nodes.len()).filter(|node| tree.tag(*node) != Tag::Text && self.is_body(*node)).collect();
        let bodies: Vec<usize> = bodies.into_iter().filter(|node| self.prose(*node) >= 200).take(MOST_BODIES).collect();
        let mut furniture = vec![false; tree.nodes.len()];
        for node in 1..tree.nodes.len() {
            let tag = tree.tag(node);
            furniture[node] = furniture[tree.nodes[node].parent]
                || tag != Tag::Text
                    && (self.hints[node] == Some(Hint::Furniture) || matches!(tag, Tag::Aside | Tag::Footer | Tag::Form))
                    && {
                        let within = node..tree.nodes[node].end;
                        let headed = self.headline.is_some_and(|block| within.contains(&self.blocks[block].start()));
                        let holds_body = bodies.iter().any(|body| within.contains(body));
                        let body_elsewhere =
                            bodies.iter().any(|body| !within.contains(body) && !(*body..tree.nodes[*body].end).contains(&node));
                        !headed && !holds_body && (body_elsewhere || self.prose(node) * 100 <= all * HOLDS_THE_TEXT)
                    };
        }
        furniture
    }

    fn is_out(&self, at: usize) -> bool {
        self.blocks[at].out || self.furniture[self.blocks[at].start()] || self.teasers[at]
    }

    /// A paragraph between two linked headlines, or behind the last, is a teaser, unless all of the page is made of them.
    fn teasers(&self) -> Vec<bool> {
        let heads = |at: usize| {
            self.blocks.get(at).is_some_and(|block| block.heading.is_some() && block.linked * 2 > block.size && Some(at) != self.headline)
        };
        let mut teasers = vec![false; self.blocks.len()];
        let (mut own, mut others) = (0, 0);
        for (at, block) in self.blocks.iter().enumerate().filter(|(_, block)| block.is_prose() && !block.out && !block.caption) {
            let alone = (at + 1..self.blocks.len().min(at + 4))
                .find(|next| self.blocks[*next].is_prose())
                .is_none_or(|next| (at + 1..next).any(heads));
            teasers[at] = at > 0 && heads(at - 1) && alone;
            *(if teasers[at] { &mut others } else { &mut own }) += block.size;
        }
        if own < TEASERS_ALONE && own < others {
            teasers.fill(false);
        }
        teasers
    }

    /// The element that holds the article: the one whose prose outweighs its links the most, the innermost of those that are nearly as good.
    fn main(&self) -> usize {
        let tree = self.tree;
        let mut gain_before: Vec<i64> = vec![0];
        for (at, block) in self.blocks.iter().enumerate() {
            let gain = match () {
                () if block.caption => 0,
                () if self.is_out(at) => -(block.size as i64) / 3,
                // a paragraph of one line may be the teaser of another article
                () if block.is_prose() => (block.size - block.linked) as i64 * if block.size < 160 { 3 } else { 4 } / 4,
                () if block.linked * 2 >= block.size => -(block.size as i64),
                () if block.heading.is_some() => 0,
                () => -(block.size as i64) / 4,
            };
            gain_before.push(gain_before.last().copied().unwrap_or(0) + gain);
        }
        let gain = |node: usize| {
            let blocks = self.blocks_of(node);
            let gain = gain_before[blocks.end] - gain_before[blocks.start];
            let said = if self.is_body(node) {
                13
            } else if tree.tag(node) == Tag::Article {
                11
            } else {
                10
            };
            gain * said / 10
        };
        let holders = |node: &usize| {
            let tag = tree.tag(*node);
            (tag.ends_line() && tag != Tag::P && !tag.is_heading() || matches!(tag, Tag::Td | Tag::Other)) && !self.furniture[*node]
        };
        let mut best = (0, gain(0).max(1));
        for node in (0..tree.nodes.len()).filter(|node| tree.tag(*node) != Tag::Text).filter(holders) {
            let found = gain(node);
            let inner = node < tree.nodes[best.0].end;
            if found > best.1 || inner && found * 100 >= best.1 * 97 {
                best = (node, found.max(best.1));
            }
        }
        self.one_of_several(best.0)
    }

    /// Where several articles stand one below the other, each under a headline of the first level: that of the page.
    fn one_of_several(&self, main: usize) -> usize {
        let Some(headline) = self.headline else { return main };
        let tree = self.tree;
        let at = self.blocks[headline].start();
        let top = |node: usize| self.blocks_of(node).any(|block| self.blocks[block].heading == Some(1) && !self.is_out(block));
        let articles: Vec<usize> = tree.within(main).filter(|node| tree.tag(*node) == Tag::Article).collect();
        let own = articles.iter().find(|node| (**node..tree.nodes[**node].end).contains(&at));
        match own {
            Some(own) => {
                let others = articles.iter().any(|node| *node >= tree.nodes[*own].end && top(*node));
                if others && self.prose(*own) >= LEAST_PROSE { *own } else { main }
            }
            None => main,
        }
    }

    /// What every block is.
    fn choose(&self, main: usize, said: &Said) -> Vec<Option<Part>> {
        let inside = self.blocks_of(main);
        let little = self.prose_before[inside.end] - self.prose_before[inside.start] < LEAST_PROSE;
        let first = self.headline.map_or(inside.start, |headline| headline.min(inside.start));
        let sentence = |block: &Block| block.is_prose() || block.closed && block.words > 2;
        let last_sentence = inside.clone().rev().find(|at| sentence(&self.blocks[*at]) && !self.is_out(*at));
        let authors: Vec<String> = said.authors.iter().map(|name| plain(name)).filter(|name| name.len() > 4).collect();
        let mut seen: HashSet<String> =
            self.headline.map(|headline| plain(&words_of(self.tree, &self.blocks[headline]))).into_iter().collect();
        let mut chosen: Vec<Option<Part>> = vec![None; self.blocks.len()];
        for (at, slot) in chosen.iter_mut().enumerate().take(inside.end).skip(first) {
            let block = &self.blocks[at];
            if Some(at) == self.headline {
                *slot = Some(Part::Headline);
                continue;
            }
            if self.is_out(at) {
                continue;
            }
            let above = self.headline.is_some_and(|headline| at < headline);
            let before = at < inside.start;
            let near = self.headline.is_some_and(|headline| at <= headline + 5) && !block.is_prose();
            let kept = match () {
                () if block.caption => (block.words > 1).then_some(Part::Caption),
                () if self.is_info(block) && !block.is_prose() || near && self.is_date(block) => {
                    (said.published.is_none() && self.is_date(block)).then_some(Part::Furniture)
                }
                () if near && block.words <= 12 && !block.closed && self.names(block, &authors) => None,
                () if self.is_linked(block) => None,
                () if above => block.is_prose().then_some(Part::Text),
                () if before => (self.headline.is_some_and(|headline| at <= headline + FARTHEST_LEAD) && self.is_lead(block, at))
                    .then_some(block.heading.map_or(Part::Text, |_| Part::Headline)),
                () if block.heading.is_some() => Some(Part::Headline),
                () if sentence(block) || little => Some(Part::Text),
                // short lines: a speaker's name, an item, a dateline; behind the text they are who wrote it and where it was taken from
                () if last_sentence.is_some_and(|last| at > last) => {
                    (block.quoted || block.listed && block.words > 2).then_some(Part::Text)
                }
                () => (block.listed || block.words > 2 || self.is_strong(block)).then_some(Part::Text),
            };
            // what is said twice is said once
            *slot = kept.filter(|part| *part == Part::Furniture || block.words < 4 || seen.insert(plain(&words_of(self.tree, block))));
        }
        self.drop_linked_lists(&mut chosen);
        self.drop_labels(&mut chosen);
        self.drop_empty_headings(&mut chosen);
        chosen
    }

    /// Whether a block is called a day, an author or a section.
    fn is_info(&self, block: &Block) -> bool {
        let mut node = block.start();
        for _ in 0..HIGHEST_INFO {
            if node == 0 || self.is_body(node) || self.prose(node) > block.size.max(200) {
                return false;
            }
            if self.hints[node] == Some(Hint::Info) || matches!(self.tree.tag(node), Tag::Time | Tag::Address) {
                return true;
            }
            node = self.tree.nodes[node].parent;
        }
        false
    }

    /// The short line with a day directly above the headline that opens the element around both: a page's own clock stands in its head.
    fn line_above(&self) -> Option<&Block> {
        let headline = self.blocks[self.headline?].start();
        let above = self.headline?.checked_sub(1)?;
        let block = &self.blocks[above];
        let mut around = self.tree.nodes[block.start()].parent;
        while self.tree.nodes[around].end <= headline {
            around = self.tree.nodes[around].parent;
        }
        let opens = self.blocks_of(around).start == above && around > 0 && !matches!(self.tree.tag(around), Tag::Body | Tag::Html);
        (opens && block.linked == 0 && self.is_date(block)).then_some(block)
    }

    /// Whether a short line holds what may be a day: a year and another number, or a time of day.
    fn is_date(&self, block: &Block) -> bool {
        let words = words_of(self.tree, block);
        let words = stamp::in_figures(&words);
        let numbers: Vec<&str> = words.split(|character: char| !character.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
        let year = numbers.iter().any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
        block.words <= LONGEST_DATE && block.size <= 160 && year && numbers.len() > 1
    }

    /// Whether a block is linked as a whole, or nearly, and is no sentence.
    fn is_linked(&self, block: &Block) -> bool {
        let nearly = block.linked * 100 >= block.size * 85;
        let half = block.linked * 2 >= block.size;
        nearly && !(block.closed && block.size >= 100 && !block.listed) || half && !(block.closed && block.words > 12)
    }

    /// Whether a block between headline and text is the lead.
    fn is_lead(&self, block: &Block, at: usize) -> bool {
        let called = || {
            let mut node = block.start();
            (0..4).any(|_| {
                node = self.tree.nodes[node].parent;
                self.hints[node] == Some(Hint::Lead)
            })
        };
        let below =
            self.headline.is_some_and(|headline| at <= headline + 3 && block.heading.is_some_and(|level| level > 1) && block.words >= 6);
        block.is_prose() || below || block.words >= 5 && called()
    }

    /// Whether all of a block is set in bold type, as headings are that are none.
    fn is_strong(&self, block: &Block) -> bool {
        block.texts.iter().all(|text| matches!(self.tree.tag(self.tree.nodes[*text].parent), Tag::B | Tag::Strong))
    }

    /// Lists of which more than half is linked are menus, whatever their items say.
    fn drop_linked_lists(&self, chosen: &mut [Option<Part>]) {
        for node in (0..self.tree.nodes.len()).filter(|node| matches!(self.tree.tag(*node), Tag::Ul | Tag::Ol)) {
            let items = self.blocks_of(node);
            let sum = |of: fn(&Block) -> usize| self.blocks[items.clone()].iter().map(of).sum::<usize>();
            if items.len() > 1 && sum(|block| block.linked) * 10 > sum(|block| block.size) * 6 {
                chosen[items].fill(None);
            }
        }
    }

    /// A few words before a colon, directly before what is left out as linked, say what that is.
    fn drop_labels(&self, chosen: &mut [Option<Part>]) {
        for at in 0..chosen.len().saturating_sub(1) {
            let (block, next) = (&self.blocks[at], &self.blocks[at + 1]);
            let label = block.words <= 6 && chosen[at] == Some(Part::Text) && self.ends_in_colon(block);
            if label && chosen[at + 1].is_none() && next.linked * 2 >= next.size {
                chosen[at] = None;
            }
        }
    }

    fn ends_in_colon(&self, block: &Block) -> bool {
        words_of(self.tree, block).ends_with([':', '：'])
    }

    /// Whether a block names one of these, written plainly.
    fn names(&self, block: &Block, authors: &[String]) -> bool {
        let words = plain(&words_of(self.tree, block));
        authors.iter().any(|author| words.contains(author.as_str()))
    }

    /// A heading below which nothing is kept headed what was left out.
    fn drop_empty_headings(&self, chosen: &mut [Option<Part>]) {
        let mut heads: Option<u8> = None;
        for at in (0..chosen.len()).rev() {
            match (chosen[at], self.blocks[at].heading) {
                (None, _) | (Some(Part::Furniture | Part::Caption), _) => {}
                _ if Some(at) == self.headline => {}
                (Some(_), Some(level)) => {
                    if heads.is_none_or(|below| below <= level) {
                        chosen[at] = None;
                    } else {
                        heads = Some(level);
                    }
                }
                (Some(_), None) => heads = Some(u8::MAX),
            }
        }
    }
}
