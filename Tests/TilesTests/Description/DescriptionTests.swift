import Testing

@testable import Tiles

@Suite struct DescriptionTests {
    @Test(arguments: [
        (#"<a href="https://osm.org/copyright">&copy; OpenStreetMap</a>"#, "© OpenStreetMap"),
        ("A &amp; B &#169; &#xA9; &nbsp;&unknown; &", "A & B © © &unknown; &"),
        ("<script>alert(1)</script>", "alert(1)"), ("a <b", "a"), ("1 & 2 &lt 3", "1 & 2 &lt 3"),
        ("&lt;img src=x&gt;", "<img src=x>"), ("a\n\u{202E}b", "a b"), ("", ""),
    ])
    func `markup becomes text`(html: String, text: String) {
        #expect(MarkupFreeText.text(html, most: 100) == text)
    }

    @Test func `a text is cut at its bound`() {
        #expect(MarkupFreeText.text(String(repeating: "a", count: 1000), most: 5) == "aaaaa")
    }

    @Test(arguments: [
        [-181, 0, 1, 1], [0, 0, 0, 1], [0, 2, 1, 1], [0, 0, 1], [.nan, 0, 1, 1],
        [0, 0, .infinity, 1],
    ])
    func `bounds of nowhere are none`(numbers: [Double]) {
        #expect(MapBounds(checking: numbers) == nil)
    }

    @Test func `the side of a picture is read from its first bytes`() {
        let png: [UInt8] =
            [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + [0, 0, 0, 13] + Array("IHDR".utf8)
            + [0, 0, 2, 0, 0, 0, 2, 0]
        #expect(PictureSize.side(of: png) == 512)
        let jpeg: [UInt8] =
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 1, 0, 1, 0]
        #expect(PictureSize.side(of: jpeg) == 256)
        let lossless: [UInt8] =
            Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8L".utf8) + [0, 0, 0, 0, 0x2F]
            + [0xFF, 0xC0, 0x3F, 0]
        #expect(PictureSize.side(of: lossless) == 256)
        for picture in [png, jpeg, lossless] {
            for count in picture.indices {
                #expect(PictureSize.side(of: Array(picture.prefix(count))) == nil)
            }
        }
    }

    @Test func `gzip is told by its bytes and not by the file's word`() {
        #expect(Tile([0x1F, 0x8B, 0x08, 0], of: .mvt).isGzipped)
        #expect(!Tile([0x1A, 0x8B, 0x08, 0], of: .mvt).isGzipped)
        #expect(Tile([0xFF, 0xD8, 0xFF, 0xE0], of: .png).format == .jpg)
    }
}
