import Catalog
import Vocabulary

extension Catalog {
    /// An empty list is no answer where the camera that was asked for was never captured: that is more likely a slip of the pen.
    ///
    /// - Parameter name: `nil` for all cameras.
    /// - Throws: ``CommandError`` which says what cameras there are.
    func require(_ name: CameraName?) async throws {
        guard let name else { return }
        let known = try await cameraNames()
        guard !known.contains(name) else { return }
        let names = known.map(\.text)
        let hint =
            if names.isEmpty {
                "Nothing was captured or imported into it yet."
            } else if let nearest = Spelling(known: names).nearest(to: name.text) {
                "Was “\(nearest)” meant? " + Self.listed(names)
            } else {
                Self.listed(names)
            }
        throw CommandError(
            "there is no camera “\(name)” in \(path.printable)", hint: hint, label: "no_such_camera", status: .wrong)
    }

    /// A farm's names would fill the screen.
    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(12).joined(separator: ", ")
        let rest = names.count - min(names.count, 12)
        return (names.count == 1 ? "There is only " : "There are ") + "\(shown)"
            + (rest > 0 ? " and \(rest.grouped) more" : "")
    }
}
