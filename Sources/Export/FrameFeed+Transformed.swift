internal import Archive
internal import FoundationEssentials
internal import NIOCore

extension FrameFeed {
    /// Reads and transforms pictures on all cores, and calls `body` with what became of each of them, in order.
    ///
    /// At most some pictures for each core are under way or waiting for their turn, so that memory is the same for any
    /// number.
    ///
    /// - Parameter transform: may refuse a picture, which is then left out.
    func forEachPicture<Product: Sendable>(
        transformedBy transform: @escaping @Sendable (Picture) throws(PictureRefusal) -> Product,
        _ body: (ArchivedFrame, Product) async throws -> Void
    ) async throws(ExportError) {
        let most = ProcessInfo.processInfo.activeProcessorCount * 4
        do {
            try await withThrowingTaskGroup(of: Finished<Product>.self) { group in
                var finished: [Int: Finished<Product>] = [:]
                var (begun, delivered) = (0, 0)

                func deliverNext() async throws {
                    while finished[delivered] == nil, let next = try await group.next() { finished[next.turn] = next }
                    guard let next = finished.removeValue(forKey: delivered) else { return }
                    delivered += 1
                    switch next.result {
                    case .success(let product):
                        try await body(next.frame, product)
                        noteDelivery(of: next.bytes)
                    case .failure(let refusal): skip(next.frame, refusal.reason)
                    }
                }

                try await forEachFrame { frame, number in
                    if begun - delivered == most { try await deliverNext() }
                    let turn = begun
                    begun += 1
                    group.addTask { try await self.transform(frame, number, turn: turn, by: transform) }
                }
                while delivered < begun { try await deliverNext() }
            }
        } catch {
            throw ExportError(reading: error)
        }
    }

    @concurrent private func transform<Product>(
        _ frame: ArchivedFrame, _ number: Int, turn: Int, by transform: (Picture) throws(PictureRefusal) -> Product
    ) async throws -> Finished<Product> {
        do {
            let picture = try await picture(of: frame, number: number)
            let product = try transform(picture)
            return Finished(
                turn: turn, frame: frame, bytes: picture.bytes.readableBytes, result: .success(product))
        } catch let refusal as PictureRefusal {
            return Finished(turn: turn, frame: frame, bytes: 0, result: .failure(refusal))
        }
    }

    /// What became of a frame, to be handed on when its turn comes.
    private struct Finished<Product: Sendable>: Sendable {
        let turn: Int
        let frame: ArchivedFrame
        /// Of the picture as it was read.
        let bytes: Int
        let result: Result<Product, PictureRefusal>
    }
}
