package import Vocabulary

/// Frames to be marked, or a print with its frames.
package struct GalleryMarking: Sendable {
    package enum Subject: Sendable {
        /// By their numbers, of which some may be nobody's.
        case frames([ClosedRange<Int64>])
        case print(Int64)
    }

    package enum Mark: Sendable {
        case excluded(Bool)
        case pinned(Bool)
        /// `nil` takes it away.
        case note(Note?)
    }

    package let subject: Subject
    package let mark: Mark
    /// Whose it is: a visitor takes back only what is its own.
    package let session: String
}

package struct GalleryMarkReport: Sendable {
    /// How many are of the subject.
    package let frames: Int
    package let changed: Int
    package let print: Int64?
    /// For taking it back.
    package let undo: String
    package let changedFrames: [ClosedRange<Int64>]

    package init(frames: Int, changed: Int, print: Int64?, undo: String, changedFrames: [ClosedRange<Int64>]) {
        (self.frames, self.changed, self.print) = (frames, changed, print)
        (self.undo, self.changedFrames) = (undo, changedFrames)
    }
}

extension GalleryMarkReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frames", \.frames), Field("changed", \.changed), Field("print", \.print), Field("undo", \.undo),
        Field("changed_frames") { $0.changedFrames.map { [$0.lowerBound, $0.upperBound] } },
    ]
}

/// `POST /marks`
struct MarkRequest: Decodable {
    let subject: GalleryMarking.Subject
    let mark: GalleryMarking.Mark

    private enum Keys: String, CodingKey, CaseIterable { case frames, print, excluded, pinned, note }

    init(from decoder: any Decoder) throws {
        try decoder.refuseOthers(than: Keys.self)
        let container = try decoder.container(keyedBy: Keys.self)
        func wrong(_ reason: String) -> DecodingError {
            .dataCorrupted(.init(codingPath: [Keys.frames], debugDescription: reason))
        }
        let subjects = [Keys.frames, .print].filter(container.contains)
        let marks = [Keys.excluded, .pinned, .note].filter(container.contains)
        guard subjects.count == 1 else { throw wrong("give either frames or a print") }
        guard marks.count == 1 else { throw wrong("give exactly one of excluded, pinned and note") }
        switch subjects[0] {
        case .print:
            let number = try container.decode(Int64.self, forKey: .print)
            guard (1...Visit.largestNumber).contains(number) else { throw wrong("there is no such print") }
            subject = .print(number)
        default:
            let pairs = try container.decode([[Int64]].self, forKey: .frames)
            guard (1...10_000).contains(pairs.count) else { throw wrong("give 1 to 10,000 ranges") }
            subject = .frames(
                try pairs.map { pair in
                    guard pair.count == 2, pair[0] >= 1, pair[0] <= pair[1], pair[1] <= Visit.largestNumber else {
                        throw wrong("a range is its first and its last number")
                    }
                    return pair[0]...pair[1]
                })
        }
        switch marks[0] {
        case .excluded: mark = .excluded(try container.decode(Bool.self, forKey: .excluded))
        case .pinned: mark = .pinned(try container.decode(Bool.self, forKey: .pinned))
        default:
            let text = try container.decodeIfPresent(String.self, forKey: .note)
            do {
                mark = .note(try text.map { try Note($0) })
            } catch let error as VocabularyError {
                throw DecodingError.dataCorrupted(.init(codingPath: [Keys.note], debugDescription: error.description))
            }
        }
    }
}

/// `POST /marks/undo`
struct UndoRequest: Decodable {
    let undo: String

    private enum Keys: String, CodingKey, CaseIterable { case undo }

    init(from decoder: any Decoder) throws {
        try decoder.refuseOthers(than: Keys.self)
        undo = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .undo)
        guard (1...64).contains(undo.utf8.count) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [Keys.undo], debugDescription: "it is not ours"))
        }
    }
}

extension Decoder {
    /// - Throws: where the object has a key that is not listed: a mistyped one would otherwise do nothing without a word.
    func refuseOthers<Keys: CodingKey & CaseIterable>(than: Keys.Type) throws {
        let container = try container(keyedBy: AnyKey.self)
        let known = Set(Keys.allCases.map(\.stringValue))
        if let other = container.allKeys.first(where: { !known.contains($0.stringValue) }) {
            throw DecodingError.dataCorrupted(.init(codingPath: [other], debugDescription: "there is no such key"))
        }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
