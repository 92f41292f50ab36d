internal import NIOCore
package import Vocabulary

/// What one short look into the archive gives of a frame's picture: the picture itself, or where it is to be fetched from.
package enum PictureReading: Sendable {
    case settled(Result<CheckedPicture, ArchiveError>)
    /// - `stored`: the digest that its bytes should have.
    case packed(PackedPlace, stored: SHA256Digest, frame: FrameID)

    /// Fetches those that lie in packs, all at once, and hashes them.
    ///
    /// - Parameters:
    ///   - packs: `nil` where packs are not read.
    ///   - path: the archive's.
    /// - Returns: in the order of the readings.
    @concurrent package static func fetched(
        _ readings: [PictureReading], from packs: (any PackedPictures)?, archive path: String
    ) async throws -> [Result<CheckedPicture, ArchiveError>] {
        let places = readings.compactMap { reading -> PackedPlace? in
            if case .packed(let place, _, _) = reading { place } else { nil }
        }
        let packs = places.isEmpty ? nil : packs
        var found = try await packs?.bytes(at: places, anew: false).makeIterator()
        var pictures: [Result<CheckedPicture, ArchiveError>] = []
        for reading in readings {
            switch reading {
            case .settled(let picture): pictures.append(picture)
            case .packed(let place, let stored, let frame):
                guard let packs, let bytes = found?.next() else {
                    pictures.append(.failure(.offloaded(path: path, store: place.store)))
                    continue
                }
                pictures.append(try await checked(bytes, at: place, stored, frame, packs, path))
            }
        }
        return pictures
    }

    /// What came wrong may have been so on its way alone: it is read once more.
    private static func checked(
        _ bytes: Result<ByteBuffer, ArchiveError>, at place: PackedPlace, _ stored: SHA256Digest, _ frame: FrameID,
        _ packs: any PackedPictures, _ path: String
    ) async throws -> Result<CheckedPicture, ArchiveError> {
        guard case .success(let first) = bytes else { return bytes.map { CheckedPicture(bytes: $0, sha256: stored) } }
        if SHA256Digest(hashing: first) == stored { return .success(CheckedPicture(bytes: first, sha256: stored)) }
        for bytes in try await packs.bytes(at: [place], anew: true) {
            guard case .success(let second) = bytes, SHA256Digest(hashing: second) == stored else { continue }
            return .success(CheckedPicture(bytes: second, sha256: stored))
        }
        return .failure(
            .damaged(
                path: path,
                what:
                    "the picture of frame \(frame) in \(place.pack) of the store \(place.store) is not what was stored")
        )
    }
}
