package import Vocabulary

/// Which prints there is a timelapse of.
package struct PrintFilter: Hashable, Sendable {
    /// One of these has to fit the print's name; any name does where there are none.
    package var names: [NamePattern] = []
    package var leastLength = Duration.zero
    /// Whether those that failed or were cancelled are taken.
    package var takesFailed = true

    package init() {}

    /// Why a print is left out; `nil` where it is not.
    package func refusal(of print: FinishedPrint) -> String? {
        if print.isExcluded { return "its frames are left out of exports" }
        if !names.isEmpty, !names.contains(where: { $0.fits(print.name ?? "") }) {
            return print.name == nil ? "it has no name" : "its name fits none of the rule's"
        }
        if !takesFailed, print.state == .failed { return "it failed" }
        if !takesFailed, print.state == .cancelled { return "it was cancelled" }
        let length = print.endedAt - print.startedAt
        if length < leastLength { return "it took \(length.shortText), less than \(leastLength.shortText)" }
        return nil
    }
}

/// A print that is over, as far as rules ask.
package struct FinishedPrint: Hashable, Sendable {
    /// The archive's number of it.
    package let id: Int64
    package let camera: CameraName
    package let name: String?
    package let state: PrintState
    package let startedAt: Timestamp
    package let endedAt: Timestamp
    package let frames: Int
    /// Whether the owner left it out of exports.
    package let isExcluded: Bool

    package init(
        id: Int64, camera: CameraName, name: String?, state: PrintState, startedAt: Timestamp, endedAt: Timestamp,
        frames: Int, isExcluded: Bool = false
    ) {
        (self.id, self.camera, self.name, self.state) = (id, camera, name, state)
        (self.startedAt, self.endedAt, self.frames, self.isExcluded) = (startedAt, endedAt, frames, isExcluded)
    }
}

/// A name with `*` for any text and `?` for any character, in capitals or not.
package struct NamePattern: Hashable, Sendable {
    package let text: String
    private let characters: [Character]

    package init(_ text: String) { (self.text, characters) = (text, Array(text.lowercased())) }

    package func fits(_ name: String) -> Bool {
        let name = Array(name.lowercased())
        // Where the newest `*` stands, and how far into the name it reaches: only it is ever lengthened, so that no pattern takes
        // longer than the product of both lengths.
        var (place, reached) = (0, 0)
        var star: (place: Int, reached: Int)?
        while reached < name.count {
            if place < characters.count, characters[place] == "*" {
                star = (place, reached)
                place += 1
            } else if place < characters.count, characters[place] == "?" || characters[place] == name[reached] {
                (place, reached) = (place + 1, reached + 1)
            } else if let last = star {
                star = (last.place, last.reached + 1)
                (place, reached) = (last.place + 1, last.reached + 1)
            } else {
                return false
            }
        }
        return characters[place...].allSatisfy { $0 == "*" }
    }
}
