internal import Archive
internal import Storage
internal import Vocabulary

extension FrameArchive {
    /// Does something that is care while nobody else takes care of the archive, and waits until it may.
    ///
    /// What opened the archive for care has the right already. A capture takes it for each of its packs' short ends: while a pack is
    /// on its way, others prune or compact.
    func inTurn<Value>(_ work: () async throws -> Value) async throws -> Value {
        guard role != .care else { return try await work() }
        let right = try await careWhenFree()
        defer { withExtendedLifetime(right) {} }
        return try await work()
    }

    private func careWhenFree() async throws -> HeldRole {
        while true {
            let taking = Result { () throws(ArchiveError) in
                try HeldRole(.care, ofArchive: path, as: "printlapse offload")
            }
            switch taking {
            case .success(let right): return right
            case .failure(.inUse): try await Task.sleep(for: .seconds(1))
            case .failure(let error): throw error
            }
        }
    }

    /// Does something with packs while nobody else does.
    ///
    /// - Throws: `inUse` where somebody does.
    func withPacks<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await inRole(.packs, as: "printlapse offload", work)
    }
}
