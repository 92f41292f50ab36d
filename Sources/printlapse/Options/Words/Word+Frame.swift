import ArgumentParser
import Catalog
import Vocabulary

/// Cameras, frames and prints, and what is said of them.
extension Word {
    static func camera(_ text: String) throws -> CameraName { try explained { try CameraName(text) } }

    static func machine(_ text: String) throws -> MachineName { try explained { try MachineName(text) } }

    static func frame(_ text: String) throws -> FrameID {
        guard let number = Int64(text), number > 0 else {
            throw ValidationError("a frame's number is 1 or more; “printlapse frames” lists them.")
        }
        return FrameID(number)
    }

    /// One frame's number, or a range such as `12-40`.
    static func frames(_ text: String) throws -> ClosedRange<FrameID> {
        let ends = try text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            .map { try frame(String($0)) }
        guard let first = ends.first, let last = ends.last, first <= last else {
            throw ValidationError("a range of frames goes from a number to a higher one, as 12-40.")
        }
        return first...last
    }

    /// A place in a list of frames, as the list before told it.
    static func cursor(_ text: String) throws -> FrameCursor {
        guard let cursor = FrameCursor(text) else {
            throw ValidationError("a cursor reads 2026-11-23T14:05:00.250Z/123, as the page before told it.")
        }
        return cursor
    }

    static func printState(_ text: String) throws -> PrintState {
        guard let state = PrintState(rawValue: text) else {
            throw ValidationError("a print is \(PrintState.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return state
    }

    static func timelapseState(_ text: String) throws -> ArchivedTimelapse.State { try named(text, \.rawValue) }

    static func note(_ text: String) throws -> Note { try explained { try Note(text) } }
}
