internal import Subprocess

/// What a program says to a question that it answers from memory, within a time: one that lies on a share that is gone, or waits
/// for a device, is not waited for.
enum ProgramAnswer {
    /// On a slow disk a first answer of ffmpeg takes a second or two.
    static let limit = Duration.seconds(20)

    struct TookTooLong: Error {}

    /// - Returns: how it ended, and what it wrote on standard output.
    /// - Throws: ``TookTooLong``, after it was ended; what the library throws; `CancellationError`.
    static func ask(
        _ executable: Executable, _ arguments: Arguments, _ environment: Environment, within limit: Duration = limit
    ) async throws -> (TerminationStatus, String) {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        return try await withThrowingTaskGroup(of: (TerminationStatus, String)?.self) { group in
            group.addTask { [options] in
                let result = try await run(
                    executable, arguments: arguments, environment: environment, platformOptions: options,
                    output: .string(limit: 262_144), error: .discarded)
                return (result.terminationStatus, result.standardOutput)
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            // Cancelled, the other one ends the program.
            defer { group.cancelAll() }
            guard let answer = try await group.next() ?? nil else { throw TookTooLong() }
            return answer
        }
    }
}
