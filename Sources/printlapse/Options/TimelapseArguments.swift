import ArgumentParser
import Capture
import Catalog
import Monitoring
import Settings
import Storage
import Timelapses
import Vocabulary

extension CommonOptions {
    /// The rules of the configuration, as far as an export takes their options, for how long cameras go on after a print, and who is
    /// told of events.
    ///
    /// - Throws: ``CommandError`` where there is none.
    func timelapses() throws -> (
        setups: [TimelapseSetup], postRolls: [CameraName: Duration], handlers: [EventHandler]
    ) {
        let configured = try configuration.read()
        let setups = try configured.map { try TimelapseSetup.all($0, file: configuration.path) } ?? []
        guard !setups.isEmpty else {
            throw CommandError(
                "the configuration \(configuration.path.printable) has no “timelapses”",
                hint: "Three lines do: “printlapse help timelapses” has them.", label: "no_timelapses",
                status: .configuration)
        }
        return (setups, configured?.postRolls ?? [:], configured?.eventHandlers ?? [])
    }

    /// The archive and the configuration, for a process that makes timelapses of the same.
    var timelapseWords: [String] { ["--archive", archive.path, "--config", configuration.path] }

    /// Works as the one who makes timelapses of the archive.
    func withWorkshop<Value: Sendable>(
        _ setups: [TimelapseSetup], postRolls: [CameraName: Duration],
        tell: @escaping @Sendable (ArchivedTimelapse) -> Void = { _ in },
        _ body: @Sendable @escaping (TimelapseWorkshop) async throws -> Value
    ) async throws -> Value {
        let catalog = try Catalog.open(at: archive.path, reading: archive.packs)
        let archive = try await FrameArchive.open(at: archive.path, role: .timelapses)
        let renderer = TimelapseRenderer(catalog: catalog)
        let workshop = TimelapseWorkshop(
            archive: archive, catalog: catalog, setups: setups, postRolls: postRolls, now: { .wallClock },
            render: { timelapse, setup, paths, replaces throws(TimelapseFailure) in
                try await renderer.render(timelapse, by: setup, to: paths, replaces: replaces)
            }, tell: tell)
        let result: Result<Value, any Error>
        do { result = .success(try await body(workshop)) } catch { result = .failure(error) }
        try await archive.close()
        return try result.get()
    }
}

extension JobConfiguration {
    /// For how long cameras go on after a print.
    var postRolls: [CameraName: Duration] {
        cameras.reduce(into: [:]) { postRolls, camera in
            if case .whilePrinting(_, let postRoll) = camera.policy.time { postRolls[camera.name] = postRoll }
        }
    }
}

extension [TimelapseSetup] {
    /// - Throws: ``CommandError`` that names those there are.
    func named(_ name: String) throws -> TimelapseSetup {
        guard let setup = first(where: { $0.rule.name == name }) else {
            throw CommandError(
                "there is no rule “\(name.printable)”",
                hint: "The configuration's are: \(map(\.rule.name).joined(separator: ", ")).")
        }
        return setup
    }
}

/// Timelapses by their numbers.
struct TimelapseNumbers: ParsableArguments {
    @Argument(help: ArgumentHelp("Their numbers, as “printlapse timelapses” lists them.", valueName: "n"))
    var numbers: [Int64]

    @OptionGroup var common: CommonOptions

    /// Changes them, also beside who makes some.
    func change(
        _ change: @escaping @Sendable (inout ArchivedTimelapse) -> Void
    ) async throws -> [ArchivedTimelapse] {
        let catalog = try Catalog.open(at: common.archive.path)
        for number in numbers {
            guard try await catalog.timelapse(number) != nil else {
                throw CommandError.noTimelapse(number)
            }
        }
        let archive = try await FrameArchive.open(at: common.archive.path, role: .edit)
        let changed = try await archive.update(timelapses: numbers, change)
        try await archive.close()
        return changed
    }
}

extension CommandError {
    static func noTimelapse(_ number: Int64) -> CommandError {
        CommandError(
            "there is no timelapse \(number)", hint: "“printlapse timelapses --all” lists them.",
            label: "no_such_timelapse", status: .wrong)
    }
}
