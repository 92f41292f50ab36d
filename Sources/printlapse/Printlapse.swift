import ArgumentParser
import CCommit
import Glibc
import Vocabulary

@main
struct Printlapse: AsyncParsableCommand {
    static let version = "0.1.0"

    /// As `--version` says it, with the commit where whoever built the program named it.
    static let fullVersion = {
        let commit = String(cString: printlapse_commit())
        return "printlapse \(version)" + (commit.isEmpty ? "" : " (\(commit))")
    }()

    static let configuration = CommandConfiguration(
        commandName: "printlapse",
        abstract: "Keeps every frame that a 3D printer's webcam showed, and makes timelapses of them.",
        discussion: """
            A background job asks a webcam for its newest picture, checks that it is whole, drops repeats, and keeps the rest in \
            one file, the archive. Near the end of a tunnel's monthly allowance it stops by itself.

            Try it without a printer:
              printlapse simulate --endpoint-file tunnel.txt &
              printlapse capture --endpoint-file tunnel.txt --interval 1s --frames 60
              printlapse export print.mp4
            """,
        version: fullVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "Capturing",
                subcommands: [
                    AuthorizeCommand.self, CamerasCommand.self, CaptureCommand.self, StatusCommand.self,
                    UsageCommand.self,
                    ConfigCommand.self, DoctorCommand.self,
                ]),
            CommandGroup(
                name: "The archive",
                subcommands: [
                    FramesCommand.self, FrameCommand.self, PrintsCommand.self, TimelineCommand.self, WhenCommand.self,
                    StatsCommand.self,
                    SchemaCommand.self, ExcludeCommand.self, PinCommand.self, NoteCommand.self,
                ]),
            CommandGroup(
                name: "Its care",
                subcommands: [
                    VerifyCommand.self, BackupCommand.self, PruneCommand.self, CompactCommand.self, ImportCommand.self,
                    OffloadCommand.self, RecallCommand.self, PublishCommand.self, FollowCommand.self, TimesCommand.self,
                ]),
            CommandGroup(
                name: "Timelapses", subcommands: [ExportCommand.self, TimelapsesCommand.self, ServeCommand.self]),
            CommandGroup(name: "Trying it out", subcommands: [SimulateCommand.self]),
        ])

    static func main() async {
        StandardDescriptors.occupy()
        // A reader of ours that ends early (`| head`, a failing ffmpeg) shows as an error of the write, not as our death.
        signal(SIGPIPE, SIG_IGN)
        // So does a file that may grow no more (`ulimit -f`).
        signal(SIGXFSZ, SIG_IGN)
        let status = await finished()
        StandardError.drain()
        Glibc.exit(status)
    }

    /// Runs the command that was asked for, and says what went wrong.
    private static func finished() async -> Int32 {
        do {
            let status = try await run()
            // What was found wrong is wrong, also where nobody reads it to its end.
            do { try StandardOutput.close() } catch .readerGone { return status }
            return status
        } catch StandardOutput.Failure.readerGone {
            return ExitStatus.done.rawValue
        } catch {
            guard let (message, status) = explanation(of: error) else { return answered(error) }
            StandardError.sentence("printlapse: " + SuggestedCommands(after: arguments).completed(message))
            return status.rawValue
        }
    }

    private static var arguments: [String] { Array(CommandLine.arguments.dropFirst()) }

    /// What the argument parser throws: help that was asked for, which is data, and mistakes.
    private static func answered(_ error: any Error) -> Int32 {
        let (text, status) = (fullMessage(for: error), exitCode(for: error))
        guard status.isSuccess else {
            StandardError.sentence(text)
            return status.rawValue
        }
        do throws(StandardOutput.Failure) {
            try StandardOutput.line(text)
            try StandardOutput.close()
        } catch .readerGone {
            return ExitStatus.done.rawValue
        } catch {
            StandardError.write("printlapse: " + error.message)
            return ExitStatus.wrong.rawValue
        }
        return status.rawValue
    }

    /// - Returns: the exit code of a command that came to its end, well or not.
    private static func run() async throws -> Int32 {
        guard !arguments.isEmpty else {
            try StandardOutput.line(Overview.text)
            return ExitStatus.done.rawValue
        }
        if let unknown = UnknownCommand(in: arguments, of: Self.self) { throw unknown.error }
        do {
            // Completions of cameras and prints ask the archive, which the other one cannot wait for.
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return ExitStatus.done.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        }
    }
}
