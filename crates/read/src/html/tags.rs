//! The elements of HTML, as far as they say how a text is built.
//!
//! In: the name of an element. Out: its tag. Never: knows what a page means by it.

macro_rules! tags {
    ($($(#[$meta:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// An element.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Tag {
            /// The page itself.
            Page,
            /// No element but text.
            Text,
            /// An element without a meaning here.
            Other,
            $(#[doc = $name] $(#[$meta])* $variant),+
        }

        impl Tag {
            /// How many there are.
            pub const COUNT: usize = 3 + [$($name),+].len();

            /// By name, in lower case.
            pub fn of(name: &[u8]) -> Tag {
                match name {
                    $(name if name == $name.as_bytes() => Tag::$variant,)+
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    Div = "div", Span = "span", A = "a", P = "p", Li = "li", Ul = "ul", Img = "img", Br = "br", Script = "script", Meta = "meta",
    Link = "link", B = "b", I = "i", Strong = "strong", Em = "em", Font = "font", U = "u", S = "s", Small = "small", Sup = "sup",
    Sub = "sub", Abbr = "abbr", Cite = "cite", Q = "q", Code = "code", Mark = "mark", Label = "label", Time = "time", Data = "data",
    Wbr = "wbr", Svg = "svg", Math = "math", Button = "button", Input = "input", Select = "select", Option = "option",
    TextArea = "textarea", Form = "form", H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5", H6 = "h6", HGroup = "hgroup",
    Header = "header", Footer = "footer", Nav = "nav", Aside = "aside", Main = "main", Article = "article", Section = "section",
    Figure = "figure", FigCaption = "figcaption", Picture = "picture", Source = "source", Video = "video", Audio = "audio",
    Object = "object", Embed = "embed", Iframe = "iframe", BlockQuote = "blockquote", Pre = "pre", Hr = "hr", Ol = "ol", Dl = "dl",
    Dt = "dt", Dd = "dd", Table = "table", THead = "thead", TBody = "tbody", TFoot = "tfoot", Tr = "tr", Td = "td", Th = "th",
    Caption = "caption", ColGroup = "colgroup", Col = "col", Details = "details", Summary = "summary", Dialog = "dialog",
    Address = "address", Center = "center", FieldSet = "fieldset", Legend = "legend", Html = "html", Head = "head", Body = "body",
    Title = "title", Base = "base", Style = "style", NoScript = "noscript", Template = "template", Canvas = "canvas", Menu = "menu",
    Area = "area", Param = "param", Track = "track", AmpImg = "amp-img", Ins = "ins", Del = "del", Bdi = "bdi", Bdo = "bdo",
    Ruby = "ruby", Rt = "rt", Rp = "rp",
}

impl Tag {
    /// Whether it holds nothing and has no end.
    pub fn is_void(self) -> bool {
        use Tag::*;
        matches!(self, Br | Img | Meta | Link | Input | Hr | Wbr | Source | Embed | Base | Col | Area | Param | Track)
    }

    /// Whether it stands in a line of text.
    pub fn is_inline(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Span | A
                | B
                | I
                | Strong
                | Em
                | Font
                | U
                | S
                | Small
                | Sup
                | Sub
                | Abbr
                | Cite
                | Q
                | Code
                | Mark
                | Label
                | Time
                | Data
                | Ins
                | Del
                | Bdi
                | Bdo
                | Ruby
                | Rt
                | Rp
        )
    }

    /// Whether it ends the paragraph in which it stands.
    pub fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Div | P
                | Ul
                | Ol
                | Dl
                | Form
                | Header
                | Footer
                | Nav
                | Aside
                | Main
                | Article
                | Section
                | Figure
                | FigCaption
                | BlockQuote
                | Pre
                | Hr
                | Table
                | Details
                | Summary
                | Address
                | Center
                | FieldSet
                | HGroup
                | Menu
                | Dialog
        ) || self.is_heading()
    }

    /// Whether it ends a line, be it a block or a cell.
    pub fn ends_line(self) -> bool {
        use Tag::*;
        self.is_block()
            || matches!(
                self,
                Page | Html | Body | Head | Title | Li | Dt | Dd | Tr | Caption | THead | TBody | TFoot | Legend | Option | Select
            )
    }

    /// Whether it is a heading.
    pub fn is_heading(self) -> bool {
        use Tag::*;
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    /// Whether ends of elements outside do not reach into it.
    pub fn is_scope(self) -> bool {
        use Tag::*;
        matches!(self, Table | Td | Th | Caption | Template | Object | Html | Body | Page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_their_names() {
        assert_eq!([&b"blockquote"[..], b"amp-img", b"x-card"].map(Tag::of), [Tag::BlockQuote, Tag::AmpImg, Tag::Other]);
        assert!((Tag::Rp as usize) < Tag::COUNT);
    }
}
