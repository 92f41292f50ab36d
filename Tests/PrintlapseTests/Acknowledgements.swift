import Foundation
import Vocabulary

/// The frames of which a capture's log, in JSON, says that they are stored, each with its hash; the last line may be cut.
struct Acknowledgements {
    private(set) var frames: [FrameID: String] = [:]

    init() {}

    init(in messages: String) {
        for text in messages.split(separator: "\n") {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)), let id = line.frame else {
                continue
            }
            frames[FrameID(id)] = line.sha256
        }
    }

    mutating func add(_ others: Acknowledgements) {
        frames.merge(others.frames) { $1 }
    }

    private struct Line: Decodable {
        var frame: Int64?
        var sha256: String?
    }
}
