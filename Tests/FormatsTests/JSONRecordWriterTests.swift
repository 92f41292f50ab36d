import Archive
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Formats

@Suite struct `A record that is written without an encoder` {
    private struct Sample: KeyedRecord {
        let value: FieldValue
        static let fields: [Field<Self>] = [
            Field("second", \.value), Field("first_of_all") { _ in 1 }, Field("first") { _ in FieldValue.none },
        ]
    }

    @Test(arguments: [
        FieldValue.none, .flag(true), .flag(false), .integer(.min), .integer(.max), .number(0.5), .number(3),
        .number(1e-7),
        .text(""), .text("Bühne/2 \"links\" \\ 🖨️ e\u{301} \u{2028}"), .list([.integer(1), .text("\"")]),
        .named(["b": .flag(true), "a": .none]), .record(Sample(value: .text("\n"))),
        .text(String(String.UnicodeScalarView((0...0x80).compactMap(Unicode.Scalar.init)))),
    ])
    func `has the bytes that the encoder gives`(value: FieldValue) throws {
        let sample = Sample(value: value)
        #expect(String(buffer: try JSONRecordWriter().bytes(sample)) == String(buffer: try JSON.bytes(sample)))
    }

    @Test func `may be a frame`() throws {
        let frame = ArchivedFrame.made(
            camera: try CameraName("Bühne 2"), at: Timestamp(milliseconds: 1_795_435_200_123), variant: .raw, change: 3)
        #expect(String(buffer: try JSONRecordWriter().bytes(frame)) == String(buffer: try JSON.bytes(frame)))
    }
}
