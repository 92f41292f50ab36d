internal import NIOCore

/// What goes into a video for the frames of a feed.
enum VideoPictures: Hashable, Sendable {
    /// Every frame's picture as it is stored.
    case kept
    /// Every frame's picture, to be encoded.
    case encoded
    /// Pictures that several cameras share.
    case sideBySide(SideBySideVideo)

    /// Calls `body` with one picture after the other, and its place in the timeline from 0.
    func forEach(
        of feed: FrameFeed, _ body: (ByteBuffer, Int) async throws -> Void
    ) async throws(ExportError) {
        switch self {
        case .kept:
            try await feed.forEachPicture(transformedBy: StreamPicture.init(keeping:)) { _, picture in
                try await body(picture.bytes, picture.number - 1)
            }
        case .encoded:
            try await feed.forEachPicture(transformedBy: StreamPicture.init(encoding:)) { _, picture in
                try await body(picture.bytes, picture.number - 1)
            }
        case .sideBySide(let video): try await video.forEachPicture(of: feed, body)
        }
    }
}
