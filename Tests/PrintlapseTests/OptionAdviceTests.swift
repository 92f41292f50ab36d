import Archive
import Budget
import Care
import Export
import HTTP
import Snapshots
import Testing
import Tunnel
import Vocabulary

@testable import printlapse

@Suite struct `What a command advises` {
    private static let slow = TunnelError.http(.noAnswer(within: .seconds(10), received: .zero, isPicture: true))

    private static let errors: [(any ExplainedError, String)] = [
        (slow, "--picture-deadline"), (SnapshotError.tunnel(slow), "--picture-deadline"),
        (SnapshotError.camera(.noAnswer(within: .seconds(10), received: .zero, isPicture: true)), "--picture-deadline"),
        (TunnelError.status(.plain(.forbidden), from: .octoPrint, received: .zero), "--octoprint"),
        (TunnelError.status(.overCap, from: .tunnel, received: .zero), "--source webcam"),
        (AuthorizationError.cannotListen(reason: "none is free"), "--endpoint-file"),
        (AuthorizationError.timedOut(after: .seconds(300)), "--server"),
        (AuthorizationError.keysNotOffered, "--octoprint-key-file"),
        (CredentialError.notAFile(path: "/dev/null"), "--endpoint-file -"),
        (ArchiveError.notFound(path: "a.sqlite"), "--archive"), (ExportError.outputExists("a.mp4"), "--force"),
        (BackupError.occupied(path: "a.sqlite", reason: "it is there"), "--force"),
        (VerifyJournalError.unreadable(path: "a.sqlite-verify"), "--resume"), (ExportError.noFrames, "--since"),
        (ExportError.notForOutput(.clock, [.lossless]), "--clock"),
        (BudgetError.capReached(until: .wallClock, reason: .ownStop), "--cap-stop"),
    ]

    @Test(arguments: errors.indices)
    func `names the option by which a library's advice is followed, which the library does not know`(index: Int) {
        let (error, option) = Self.errors[index]
        #expect(!error.hint.contains("--"))
        #expect(error.commandHint.hasPrefix(error.hint))
        #expect(error.commandHint.contains(option))
        #expect(explanation(of: error)?.message.contains(option) == true)
    }

    @Test func `is the library's own word where no option is of help`() {
        let error = TunnelError.http(.noAnswer(within: .seconds(10), received: .zero))
        #expect(error.commandHint == error.hint)
    }
}
