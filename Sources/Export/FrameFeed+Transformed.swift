internal import Archive
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

extension FrameFeed {
    /// Reads and transforms pictures on all cores, and calls `body` with what became of each of them, in order.
    ///
    /// Small pictures are read several at once. At most some batches for each core are under way or waiting for their turn,
    /// so that memory is the same for any number.
    ///
    /// - Parameter transform: may refuse a picture, which is then left out.
    func forEachPicture<Product: Sendable>(
        transformedBy transform: @escaping @Sendable (Picture) throws(PictureRefusal) -> Product,
        _ body: (ArchivedFrame, Product) async throws -> Void
    ) async throws(ExportError) {
        let most = ProcessInfo.processInfo.activeProcessorCount * 2
        do {
            try await withThrowingTaskGroup(of: FinishedBatch<Product>.self) { group in
                var finished: [Int: FinishedBatch<Product>] = [:]
                var (begun, delivered) = (0, 0)
                var batch = PictureBatch()

                func deliverNext() async throws {
                    while finished[delivered] == nil, let next = try await group.next() { finished[next.turn] = next }
                    guard let next = finished.removeValue(forKey: delivered) else { return }
                    delivered += 1
                    for (frame, result) in next.results {
                        switch result {
                        case .success(let (product, bytes)):
                            try await body(frame, product)
                            noteDelivery(of: bytes)
                        case .failure(let refusal): skip(frame, refusal.reason)
                        }
                    }
                }

                func begin() async throws {
                    guard !batch.frames.isEmpty else { return }
                    if begun - delivered == most { try await deliverNext() }
                    group.addTask { [turn = begun, frames = batch.frames] in
                        try await self.transform(frames, turn: turn, by: transform)
                    }
                    begun += 1
                    batch = PictureBatch()
                }

                try await forEachFrame { frame, number in
                    batch.append(frame, number)
                    if batch.isFull { try await begin() }
                }
                try await begin()
                while delivered < begun { try await deliverNext() }
            }
        } catch {
            throw ExportError(reading: error)
        }
    }

    @concurrent private func transform<Product>(
        _ frames: [(frame: ArchivedFrame, number: Int)], turn: Int,
        by transform: (Picture) throws(PictureRefusal) -> Product
    ) async throws -> FinishedBatch<Product> {
        let pictures = try await pictures(of: frames)
        let results = try zip(frames, pictures).map { entry, picture in
            try Task.checkCancellation()
            let result = picture.flatMap { picture in
                Result { () throws(PictureRefusal) in (try transform(picture), picture.bytes.readableBytes) }
            }
            return (entry.frame, result)
        }
        return FinishedBatch(turn: turn, results: results)
    }

    /// What became of some frames, to be handed on when their turn comes.
    private struct FinishedBatch<Product: Sendable>: Sendable {
        let turn: Int
        /// With each product the bytes of the picture as it was read.
        let results: [(ArchivedFrame, Result<(Product, Int), PictureRefusal>)]
    }
}

/// Frames whose pictures are read at once: few enough that neither the read is long nor the pictures many bytes.
private struct PictureBatch {
    /// Each with its place in the export.
    private(set) var frames: [(frame: ArchivedFrame, number: Int)] = []
    private var bytes = ByteCount.zero

    var isFull: Bool { frames.count == 8 || bytes >= ByteCount(1_000_000) }

    mutating func append(_ frame: ArchivedFrame, _ number: Int) {
        frames.append((frame, number))
        bytes += frame.bytes
    }
}
