internal import FoundationEssentials
internal import Vocabulary

/// The names that an export's pictures get, one after the other, each only once.
struct PictureNames {
    private let template: NameTemplate?
    private let timeZone: TimeZone
    private var standard = FrameFileNames()
    /// Of the names, case aside: eight bytes each, however long they are.
    private var hashes: Set<Int> = []

    /// - Parameter template: `nil`: camera and time, with a number where two are the same.
    init(template: NameTemplate?, timeZone: TimeZone) {
        (self.template, self.timeZone) = (template, timeZone)
    }

    /// - Parameter number: the frame's place in the export, from 1.
    /// - Throws: ``ExportError/unusableName(_:reason:)`` where another frame has the template's name already.
    mutating func name(of frame: NamedFrame, number: Int) throws(ExportError) -> String {
        guard let template else { return standard.name(camera: frame.camera, at: frame.capturedAt) }
        let name = try template.name(of: frame, number: number, timeZone: timeZone)
        guard hashes.insert(name.lowercased().hashValue).inserted else {
            throw .unusableName(
                template.text, reason: "more than one frame would be “\(name.printable)”, frame \(frame.id) the second")
        }
        return name
    }
}
