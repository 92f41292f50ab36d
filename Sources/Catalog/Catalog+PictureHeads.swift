internal import Archive
internal import GRDB
public import NIOCore
public import Vocabulary

extension Catalog {
    /// The first bytes of these frames' pictures, as they are stored: no more of a picture is read than that. Frames that are
    /// not there, or whose pictures are not or lie in packs, are left out; whether a picture is sound is not looked at.
    ///
    /// - Parameters:
    ///   - ids: of the frames, as many at once as memory holds well.
    ///   - count: so many bytes of each, or all where it has fewer.
    public func pictureHeads(of ids: [FrameID], count: Int) async throws -> [FrameID: ByteBuffer] {
        try await read { [pictures] database in
            let frames = try Self.contents(of: ids, in: database)
            let heads = try pictures.heads(of: frames.map(\.content), count: count, in: database)
            return frames.reduce(into: [:]) { found, frame in found[frame.id] = heads[frame.content] }
        }
    }

    /// How these frames' pictures are to be turned so that they stand: their own first bytes say so, and of those that lie in packs
    /// the archive knows it. Frames whose pictures are not there are left out.
    ///
    /// - Parameter ids: of the frames, as many at once as memory holds well.
    package func orientations(of ids: [FrameID]) async throws -> [FrameID: PictureOrientation] {
        try await read { [pictures] database in
            let frames = try Self.contents(of: ids, in: database)
            let packed = try PackTable.orientations(of: frames.map(\.content), in: database)
            let heads = try pictures.heads(
                of: frames.map(\.content).filter { packed[$0] == nil }, count: PictureOrientation.headLength,
                in: database)
            return frames.reduce(into: [:]) { found, frame in
                found[frame.id] =
                    packed[frame.content].flatMap { PictureOrientation(rawValue: UInt16(clamping: $0)) }
                    ?? heads[frame.content].map { PictureOrientation(of: $0) }
            }
        }
    }

    /// As large as a frame's picture is when it stands.
    package func standingSize(of frame: ArchivedFrame) async throws -> PixelSize {
        try await orientations(of: [frame.id])[frame.id].map { frame.size.upright($0) } ?? frame.size
    }

    private static func contents(
        of ids: [FrameID], in database: Database
    ) throws -> [(id: FrameID, content: Int64)] {
        let numbers = "[\(ids.map(\.description).joined(separator: ","))]"
        let statement = try database.cachedStatement(
            sql: """
                SELECT frame.id, picture.content_id FROM json_each(?) AS wanted
                CROSS JOIN frame ON frame.id = wanted.value JOIN picture ON picture.sha256 = frame.sha256
                """)
        return try Row.fetchAll(statement, arguments: [numbers])
            .map { (FrameID(try $0.value(at: 0)), try $0.value(at: 1)) }
    }
}
