package import Vocabulary

/// The frames that a mark is for.
package enum MarkedFrames: Hashable, Sendable {
    /// Frames by their numbers. In a range of more than one, frames that were removed do not matter.
    case numbers([ClosedRange<FrameID>])
    /// Those that a camera captured, or all did, since an instant and before another.
    case captured(camera: CameraName?, since: Timestamp?, until: Timestamp?)
    /// Those of a print, by the archive's number of it. ``FrameMark/excluded(_:)`` and ``FrameMark/pinned(_:)`` are for its
    /// frames to come as well; ``FrameMark/note(_:)`` is the print's own, and its frames keep theirs.
    case print(Int64)
}
