package import NIOCore

/// Where in a pack a picture's bytes lie.
package struct PackedPlace: Hashable, Sendable {
    /// The store's location, as it is on record.
    package let store: String
    /// The pack's name there.
    package let pack: String
    /// The pack's size.
    package let packSize: Int64
    /// Of the picture's bytes within the pack.
    package let range: Range<Int64>

    package init(store: String, pack: String, packSize: Int64, range: Range<Int64>) {
        (self.store, self.pack, self.packSize, self.range) = (store, pack, packSize, range)
    }
}

/// Where a picture's bytes are.
package enum PicturePlace: Hashable, Sendable {
    /// In the archive's file; these are the bytes.
    case here(ByteBuffer)
    case packed(PackedPlace)
    /// At another machine, which has put it into no pack yet.
    case elsewhere(machine: String)
}

/// Reads pictures out of packs. It is asked outside of any transaction: a store may take its time.
package protocol PackedPictures: Sendable {
    /// What comes from some places: for each, in this order, its bytes or why they are not to be had.
    ///
    /// - Throws: `CancellationError` alone.
    typealias Arrival = @Sendable () async throws -> [Result<ByteBuffer, ArchiveError>]

    /// Sends for the bytes at some places: whether they are what was stored is for the caller to find out.
    ///
    /// Places that lie beside each other in one pack are read together, so that it helps to ask for many at once. Who goes through
    /// packs in their order sends in that order, however the arrivals are waited for: then hardly anything is read twice.
    ///
    /// - Parameter anew: what was read before is read again.
    func send(for places: [PackedPlace], anew: Bool) async -> Arrival
}

extension PackedPictures {
    /// Sends for the bytes at some places, and waits for them.
    package func bytes(at places: [PackedPlace], anew: Bool) async throws -> [Result<ByteBuffer, ArchiveError>] {
        try await send(for: places, anew: anew)()
    }
}
