internal import Archive
internal import GRDB
public import NIOCore
public import Vocabulary

extension Catalog {
    /// The first bytes of these frames' pictures, as they are stored: no more of a picture is read than that. Frames that are
    /// not there, or whose pictures are not, are left out; whether a picture is sound is not looked at.
    ///
    /// - Parameters:
    ///   - ids: of the frames, as many at once as memory holds well.
    ///   - count: so many bytes of each, or all where it has fewer.
    public func pictureHeads(of ids: [FrameID], count: Int) async throws -> [FrameID: ByteBuffer] {
        let numbers = "[\(ids.map(\.description).joined(separator: ","))]"
        return try await read { [pictures] database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT frame.id, picture.content_id FROM json_each(?) AS wanted
                    CROSS JOIN frame ON frame.id = wanted.value JOIN picture ON picture.sha256 = frame.sha256
                    """)
            let frames: [(id: FrameID, content: Int64)] = try Row.fetchAll(statement, arguments: [numbers])
                .map { (FrameID(try $0.value(at: 0)), try $0.value(at: 1)) }
            let heads = try pictures.heads(of: frames.map(\.content), count: count, in: database)
            return frames.reduce(into: [:]) { found, frame in found[frame.id] = heads[frame.content] }
        }
    }

    /// As large as a frame's picture is when it stands: its own first bytes say how it does.
    package func standingSize(of frame: ArchivedFrame) async throws -> PixelSize {
        let heads = try await pictureHeads(of: [frame.id], count: PictureOrientation.headLength)
        return heads[frame.id].map { frame.size.upright(PictureOrientation(of: $0)) } ?? frame.size
    }
}
