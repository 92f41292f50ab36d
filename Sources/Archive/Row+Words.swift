package import Foundation
package import GRDB
package import Vocabulary

// Reading never traps: a bit that flipped in the file can put anything into a column, whatever the schema says.
extension Row {
    /// The number, text or optional in a column.
    package func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(at index: Int) throws -> Value {
        try decode(Value.self, atIndex: index)
    }

    /// The size in a column; none is larger than a petabyte, so that the sizes of millions can be added up.
    package func byteCount(at index: Int) throws -> ByteCount {
        ByteCount(Swift.min(1 << 50, try value(at: index) as Int64))
    }

    /// How many there are of something; none or a number of twelve digits at most, so that millions can be added up.
    package func count(at index: Int) throws -> Int {
        Int(Swift.min(1 << 40, Swift.max(0, try value(at: index) as Int64)))
    }

    /// The instant in a column of milliseconds.
    package func timestamp(at index: Int) throws -> Timestamp {
        Timestamp(milliseconds: try value(at: index))
    }

    package func timestampIfAny(at index: Int) throws -> Timestamp? {
        (try value(at: index) as Int64?).map(Timestamp.init(milliseconds:))
    }

    /// The value that a column's text stands for.
    ///
    /// - Throws: ``MisreadColumn`` where the text stands for none.
    package func word<Word: RawRepresentable<String>>(at index: Int, as: Word.Type = Word.self) throws -> Word {
        let text: String = try value(at: index)
        guard let word = Word(rawValue: text) else { throw MisreadColumn(text: text, kind: "\(Word.self)") }
        return word
    }

    package func wordIfAny<Word: RawRepresentable<String>>(at index: Int, as: Word.Type = Word.self) throws -> Word? {
        (try value(at: index) as String?) == nil ? nil : try word(at: index)
    }

    package func cameraName(at index: Int) throws -> CameraName {
        let text: String = try value(at: index)
        do { return try CameraName(text) } catch { throw MisreadColumn(text: text, kind: "camera name") }
    }

    package func sha256(at index: Int) throws -> SHA256Digest {
        let digest = try withUnsafeData(atIndex: index) { $0.flatMap { SHA256Digest(bytes: $0) } }
        guard let digest else { throw MisreadColumn(text: "", kind: "SHA-256") }
        return digest
    }
}

/// A column holds what the schema's checks should have kept out.
package struct MisreadColumn: Error, CustomStringConvertible {
    let text: String
    let kind: String

    package init(text: String, kind: String) {
        (self.text, self.kind) = (text, kind)
    }

    package var description: String { "“\(text.printable)” is no \(kind)" }
}

extension SHA256Digest {
    /// The 32 bytes as SQLite takes them.
    package var data: Data { Data(bytes) }
}
