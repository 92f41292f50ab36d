import ArgumentParser
import Catalog
import Vocabulary

extension CompletionKind {
    /// The cameras that the archive knows.
    static var cameras: CompletionKind {
        ofArchive { catalog in try await catalog.cameraNames().map(\.text) }
    }

    /// The prints that the archive knows, the newest first, and `latest`.
    static var prints: CompletionKind {
        ofArchive(always: ["latest"]) { catalog in try await catalog.prints(PrintQuery(limit: 50)).map { "\($0.id)" } }
    }

    /// The words of a choice.
    static func words<Choice: CaseIterable & RawRepresentable<String>>(of choice: Choice.Type) -> CompletionKind {
        .list(choice.allCases.map(\.rawValue))
    }

    /// Asks the archive that the line so far names. Where it cannot be asked there is nothing to propose, and nobody to tell.
    private static func ofArchive(
        always words: [String] = [], _ ask: @escaping @Sendable (Catalog) async throws -> [String]
    ) -> CompletionKind {
        .custom { line, _, _ in
            let named = line.firstIndex(of: "--archive").flatMap { $0 + 1 < line.count ? line[$0 + 1] : nil }
            guard let catalog = try? Catalog.openIfCurrent(at: named ?? ArchiveOptions.standardPath),
                let found = try? await ask(catalog)
            else { return words }
            return words + found
        }
    }
}
