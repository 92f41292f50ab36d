package import NIOCore
package import Vocabulary

/// Records of one kind as JSON: the bytes that ``JSON/bytes(_:)`` gives, without an encoder, for those that come by thousands.
package struct JSONRecordWriter<Record: KeyedRecord>: Sendable {
    private struct Member: Sendable {
        /// What stands before the value.
        let key: ByteBuffer
        let value: @Sendable (Record) -> FieldValue
    }

    /// By their keys.
    private let members: [Member]

    package init() {
        members = Record.fields.sorted { $0.key < $1.key }.enumerated().map { place, field in
            var key = ByteBuffer(string: place == 0 ? "{" : ",")
            key.writeJSON(field.key)
            key.writeString(":")
            return Member(key: key, value: field.value)
        }
    }

    package func bytes(_ record: Record) throws -> ByteBuffer {
        var text = ByteBufferAllocator().buffer(capacity: 1024)
        for member in members {
            text.writeImmutableBuffer(member.key)
            switch member.value(record) {
            case .none: text.writeStaticString("null")
            case .flag(let flag): text.writeStaticString(flag ? "true" : "false")
            case .integer(let integer): text.writeString("\(integer)")
            case .text(let string): text.writeJSON(string)
            // How numbers are rounded, and what is nested, is the encoder's to say.
            case let value: text.writeImmutableBuffer(try JSON.bytes(value))
            }
        }
        text.writeString("}")
        return text
    }
}

extension ByteBuffer {
    /// A string with its quotes (RFC 8259, 7): what has to be escaped is, and nothing else.
    fileprivate mutating func writeJSON(_ text: String) {
        writeInteger(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            writeString(text)
        } else {
            for byte in text.utf8 { writeEscaped(byte) }
        }
        writeInteger(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): writeStaticString("\\\"")
        case UInt8(ascii: "\\"): writeStaticString("\\\\")
        case 0x08: writeStaticString("\\b")
        case 0x09: writeStaticString("\\t")
        case 0x0A: writeStaticString("\\n")
        case 0x0C: writeStaticString("\\f")
        case 0x0D: writeStaticString("\\r")
        case ..<0x20: writeString("\\u00" + [byte].hexadecimal)
        default: writeInteger(byte)
        }
    }
}
