internal import Foundation

/// Works on many items at once, on all cores, and hands the results on in the items' order.
enum Pipeline {
    /// Items under way at once: enough that no core waits while some are being stored.
    static let width = 12 * ProcessInfo.processInfo.activeProcessorCount

    /// - Parameters:
    ///   - work: done for several items at the same time.
    ///   - take: called with one result after the other, while work on later items goes on.
    static func run<Item: Sendable, Result: Sendable>(
        _ items: some RandomAccessCollection<Item>, work: @escaping @Sendable (Item) throws -> Result,
        take: (Result) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var early: [Int: Result] = [:]
            var (begun, taken, next) = (0, 0, items.startIndex)
            while taken < items.count {
                while begun < items.count, begun - taken < width {
                    let (index, item) = (begun, items[next])
                    group.addTask { (index, try work(item)) }
                    begun += 1
                    next = items.index(after: next)
                }
                if let result = early.removeValue(forKey: taken) {
                    try Task.checkCancellation()
                    taken += 1
                    try await take(result)
                } else if let (index, result) = try await group.next() {
                    early[index] = result
                }
            }
        }
    }
}
