internal import NIOCore
internal import Stores

/// A request to a store that is under way or answered, for everybody who wants what it brings.
///
/// It goes on when one of those who wait for it walks away.
final class Flight: Sendable {
    private let task: Task<Result<ByteBuffer, StoreError>, Never>

    init(_ request: @escaping @Sendable () async throws(StoreError) -> ByteBuffer) {
        task = Task { @concurrent in
            do throws(StoreError) { return .success(try await request()) } catch { return .failure(error) }
        }
    }

    /// - Returns: `nil` where the waiting task is cancelled.
    func bytes() async throws(StoreError) -> ByteBuffer? {
        let (results, result) = AsyncStream<Result<ByteBuffer, StoreError>>.makeStream()
        Task { [task] in
            result.yield(await task.value)
            result.finish()
        }
        for await first in results { return try first.get() }
        return nil
    }
}
