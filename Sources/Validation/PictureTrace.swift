internal import Synchronization

/// What of a picture the next one of its camera is judged by: six bytes for each block along the borders of its rows, about as much
/// as the picture itself.
package struct PictureTrace: Sendable {
    /// `nil` where they are not to be had.
    let edges: EdgeRows?
    /// The bytes left over in its scan, which may be too few to be damage.
    let leftOverBytes: Int

    fileprivate var size: Int { 64 + 2 * (edges?.values.count ?? 0) }
}

/// The traces of pictures that were read not long ago, so that they need not be read again for the next ones. Those that were
/// not asked for longest are forgotten.
package final class PictureTraces<Name: Hashable & Sendable>: Sendable {
    private struct State {
        /// Two generations: what is asked for moves to the younger, and the older is dropped where that is full.
        var younger: [Name: PictureTrace] = [:]
        var older: [Name: PictureTrace] = [:]
        var size = 0
    }

    /// Of one generation.
    private let most: Int
    private let state = Mutex(State())

    /// - Parameter bytes: how much they take at most.
    package init(bytes: Int) { most = bytes / 2 }

    package subscript(name: Name) -> PictureTrace? {
        state.withLock { state in
            if let trace = state.younger[name] { return trace }
            guard let trace = state.older.removeValue(forKey: name) else { return nil }
            add(trace, as: name, to: &state)
            return trace
        }
    }

    package func keep(_ trace: PictureTrace, as name: Name) {
        state.withLock { add(trace, as: name, to: &$0) }
    }

    private func add(_ trace: PictureTrace, as name: Name, to state: inout State) {
        if let old = state.younger[name] { state.size -= old.size }
        state.size += trace.size
        if state.size > most {
            (state.older, state.younger, state.size) = (state.younger, [:], trace.size)
        }
        state.younger[name] = trace
    }
}
