import HTTPTypes
import Testing

@testable import Gallery

/// RFC 9110, 14: what is no single range of bytes is answered with all of it.
@Suite struct `A range of bytes` {
    @Test(arguments: [
        ("bytes=0-0", 0, 1), ("bytes=0-", 0, 1000), ("bytes=990-", 990, 10), ("bytes=-10", 990, 10),
        ("bytes=-5000", 0, 1000),
        ("bytes=500-5000", 500, 500), ("Bytes=1-2", 1, 2),
    ])
    func `is a part`(header: String, first: Int, length: Int) throws {
        let range = try ByteRange(header, of: 1000)
        #expect((range.first, range.length, range.isPart) == (first, length, true))
        #expect(range.contentRange == "bytes \(first)-\(first + length - 1)/1000")
    }

    @Test(arguments: [
        nil, "bytes=0-1,5-6", "items=0-1", "bytes=5-2", "bytes=a-b", "bytes=", "bytes=-", "bytes=+1-2", "bytes=1-2-3",
    ])
    func `is all of it where it is none, or several`(header: String?) throws {
        let range = try ByteRange(header, of: 1000)
        #expect((range.first, range.length, range.isPart) == (0, 1000, false))
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
    func `behind the end is told with the size`(header: String) {
        let problem = #expect(throws: Problem.self) { try ByteRange(header, of: 1000) }
        #expect(problem?.status == .rangeNotSatisfiable)
        #expect(problem?.headers[.contentRange] == "bytes */1000")
    }

    @Test func `is all of it where the file is another than the visitor knows`() throws {
        let tag = EntityTag("new")
        #expect(try !ByteRange("bytes=0-1", of: 10, unless: "\"old\"", is: tag).isPart)
        #expect(try ByteRange("bytes=0-1", of: 10, unless: "\"new\"", is: tag).isPart)
    }
}

@Suite struct `A tag` {
    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", true), ("*", true), ("\"b\", \"a\"", true), ("\"b\"", false), ("a", false),
        (nil, false), ("", false),
    ])
    func `is known by If-None-Match`(header: String?, isKnown: Bool) {
        #expect(EntityTag("a").matches(header) == isKnown)
    }
}
