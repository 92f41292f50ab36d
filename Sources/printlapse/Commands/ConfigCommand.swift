import ArgumentParser
import Capture
import Gallery
import Monitoring
import Settings
import Timelapses
import Tunnel
import Vocabulary

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration.", subcommands: [ConfigCheckCommand.self])
}

struct ConfigCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the configuration as a capture would, and name line and column of what does not fit.",
        usage: "printlapse config check [<options>]",
        discussion: """
            The files and tunnels that it names are looked up as well; nobody is asked over the network. Without a configuration \
            captures go by the command line and the tunnels that were authorized, and that is right too.

            Exit codes: 0 it is right or none is needed, 78 it is not.
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let path = common.configuration.path
        guard let configuration = try common.configuration.read() else {
            guard !common.messages.quiet else { return }
            return try StandardOutput.sentence(
                "There is no configuration at \(path.printable), and none is needed: Samples/config.yaml shows what one can say."
            )
        }
        let search = CameraSearch(configuration, from: common.configuration)
        var problems = 0
        for (camera, setup) in search.results(of: configuration) {
            do {
                _ = try setup.get()
            } catch let error as any ExplainedError {
                problems += 1
                let place = camera.place.map { ":\($0.line):\($0.column)" } ?? ""
                StandardError.sentence(
                    "\(path)\(place): “\(camera.name)”: \(error.description.asSentence) \(error.hint)")
            }
        }
        if let gallery = configuration.gallery {
            do {
                _ = try GallerySetup(gallery.rules)
            } catch let error as any ExplainedError {
                problems += 1
                let place = gallery.place.map { ":\($0.line):\($0.column)" } ?? ""
                StandardError.sentence("\(path)\(place): the gallery: \(error.description.asSentence) \(error.hint)")
            }
        }
        for timelapse in configuration.timelapses {
            do throws(ConfigurationError) {
                _ = try TimelapseSetup(timelapse, file: path)
            } catch {
                problems += 1
                StandardError.sentence("\(error.description.asSentence) \(error.hint)")
            }
        }
        guard problems == 0 else { throw ExitStatus.configuration.code }
        guard !common.messages.quiet else { return }
        try StandardOutput.line("\(path) is right: \(configuration.cameras.count.counted("camera")).")
        let handlers = configuration.eventHandlers
        if !handlers.isEmpty { try StandardOutput.line("Events are told to \(handlers.count.counted("handler")).") }
        if let metrics = configuration.metrics {
            try StandardOutput.line("Metrics are served at http://\(metrics)/metrics.")
        }
        if let rules = configuration.gallery?.rules {
            try StandardOutput.line("The gallery is served at \(rules.address).")
        }
        for rule in configuration.timelapses.map(\.rule) {
            try StandardOutput.line(
                "Timelapses make themselves by the rule “\(rule.name)”, into \(rule.folder.printablePath).")
        }
        if let offloading = configuration.offloading {
            try StandardOutput.line("Older pictures go to \(offloading.location).")
        }
        if let publishing = configuration.publishing {
            let name = publishing.name.map { " as “\($0)”" } ?? ""
            try StandardOutput.line(
                "A hub is told\(name) at \(publishing.location), every \(publishing.interval.wholeText).")
        }
        if let retention = configuration.retention { try StandardOutput.line("Frames are kept: \(retention).") }
    }
}
