import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Beside a capture` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ role: ArchiveRole) async throws -> FrameArchive {
        try await FrameArchive.open(at: folder.archive, application: "tests \(role)", role: role)
    }

    @Test func `a caretaker and any number of editors may write, but no second capture and no second caretaker`()
        async throws
    {
        let capture = try await open(.capture)
        let caretaker = try await open(.care)
        let editors = [try await open(.edit), try await open(.edit)]
        for role in [ArchiveRole.capture, .care] {
            let error = await #expect(throws: ArchiveError.self) { try await open(role) }
            guard case .inUse(_, let holder) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(holder.program == "tests \(role)")
        }
        for (number, archive) in ([capture, caretaker] + editors).enumerated() { try await archive.store(number) }
        #expect(try await capture.verify().isSound)
        for archive in [caretaker] + editors + [capture] { try await archive.close() }
        try await open(.care).close()
    }

    @Test func `changes of a caretaker are on disk when they are told`() async throws {
        let caretaker = try await open(.care)
        try await caretaker.store(0)
        let image = try folder.crashImage()
        let recovered = try await image.open()
        #expect(try recovered.lastRun(of: .printer)?.slots == 1)
        try await recovered.close()
        try await caretaker.close()
    }

    @Test func `an editor makes no archive where there is none`() async throws {
        await #expect(throws: ArchiveError.notFound(path: folder.archive)) { try await open(.edit) }
        #expect(try folder.files.isEmpty)
    }
}
