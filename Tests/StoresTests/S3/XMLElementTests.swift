import Testing

@testable import Stores

@Suite struct `A document of a server` {
    private func element(_ text: String) -> XMLElement? { XMLElement(parsing: Array(text.utf8)) }

    @Test func `is read with its entities, attributes and namespaces passed over`() {
        let text = """
            \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment with <tags> -->
            <s3:ListBucketResult xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/" note='a > b'>
              <Name/><Empty a="1" />
              <s3:Key>a&amp;b&lt;&#65;&#x42;<![CDATA[<raw>&amp;]]>ü</s3:Key >
            </s3:ListBucketResult>
            """
        let list = element(text)
        #expect(list?.name == "ListBucketResult")
        #expect(list?.text(of: "Key") == "a&b<AB<raw>&amp;ü")
        #expect(list?.text(of: "Name") == "")
        #expect(list?.children.map(\.name) == ["Name", "Empty", "Key"])
    }

    @Test(arguments: [
        "", " ", "<", "<a", "<a>", "</a>", "<a></b>", "<a/><b/>", "a<a/>", "<a/>a", "<a>&unknown;</a>", "<a>&amp</a>",
        "<a>&#xD800;</a>", "<a>&#99999999999;</a>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a><!-- </a>",
        "<a><![CDATA[</a>", "< a/>", "<>", "<a b=\"></a>", "<?xml", "<html><br></html>", "{\"a\": 1}",
    ])
    func `is none where it is anything else`(text: String) {
        #expect(element(text) == nil)
    }

    @Test func `is none where it is deeper than any`() {
        #expect(element(String(repeating: "<a>", count: 32) + String(repeating: "</a>", count: 32)) != nil)
        #expect(element(String(repeating: "<a>", count: 100_000)) == nil)
    }

    /// Every byte of a real document changed, removed, or doubled: it is read or refused, and nothing ends.
    @Test func `may be damaged anywhere`() {
        let bytes = Array(
            """
            <?xml version='1.0'?><Error a="b"><Code>SlowDown</Code><!-- c --><M>&lt;&#10;</M><![CDATA[x]]></Error>
            """.utf8)
        var generator = SystemRandomNumberGenerator()
        for place in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var damaged = bytes
                damaged[place] = byte
                _ = XMLElement(parsing: damaged)
            }
            var shorter = bytes
            shorter.remove(at: place)
            _ = XMLElement(parsing: shorter)
            _ = XMLElement(parsing: bytes[..<place])
            var shuffled = bytes
            for _ in 0..<8 {
                shuffled.swapAt(
                    Int.random(in: bytes.indices, using: &generator), Int.random(in: bytes.indices, using: &generator))
            }
            _ = XMLElement(parsing: shuffled)
        }
    }
}
