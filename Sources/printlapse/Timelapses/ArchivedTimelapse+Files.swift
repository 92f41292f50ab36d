import Archive
import Foundation

extension ArchivedTimelapse {
    /// Removes what was made, as far as it is as it was made: what somebody put in its place, or changed, is theirs.
    func removeFiles() {
        for file in files {
            let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
            guard attributes?[.type] as? FileAttributeType == .typeRegular, attributes?[.size] as? Int64 == file.bytes
            else { continue }
            unlink(file.path)
        }
        if let poster { unlink(poster) }
    }
}
