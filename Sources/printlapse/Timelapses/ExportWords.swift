import ArgumentParser
import Export
import Foundation
import Timelapses
import Vocabulary

/// The options of `export` as a configuration has them: under their own names, so that what is new there is new here.
enum ExportWords {
    private struct Dump: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable {
                let kind: String
                let name: String
            }
            let kind: String
            let names: [Name]?
        }
        struct Command: Decodable { let arguments: [Argument]? }
        let command: Command
    }

    /// By their names: whether each is on or off, and takes no value.
    private static let options: [String: Bool] = {
        guard let dump = try? JSONDecoder().decode(Dump.self, from: Data(ExportArguments._dumpHelp().utf8)) else {
            preconditionFailure("the parser describes options in another way")
        }
        var options: [String: Bool] = [:]
        for argument in dump.command.arguments ?? [] {
            for name in argument.names ?? [] where name.kind == "long" { options[name.name] = argument.kind == "flag" }
        }
        // A rule's timelapse is of one camera.
        for name in ["help", "version", "side-by-side"] { options[name] = nil }
        return options
    }()

    static var names: [String] { options.keys.sorted() }

    /// What is wrong with an option.
    struct Problem: Error {
        let option: String
        let description: String
        let hint: String
    }

    /// As a command line has them.
    static func words(for settings: [ExportSetting]) throws(Problem) -> [String] {
        var words: [String] = []
        for setting in settings { words += try self.words(for: setting) }
        return words
    }

    private static func words(for setting: ExportSetting) throws(Problem) -> [String] {
        guard let isFlag = options[setting.name] else {
            throw Problem(
                option: setting.name, description: "“\(setting.name.printable)” is no setting of a timelapse",
                hint:
                    "Beside a rule's own there are the options of “printlapse export”: \(names.joined(separator: ", "))."
            )
        }
        guard isFlag else { return ["--" + setting.name + "=" + setting.value] }
        switch setting.value {
        case "yes", "true": return ["--" + setting.name]
        case "no", "false": return []
        default:
            throw Problem(
                option: setting.name, description: "“\(setting.value.printable)” is none of yes, no",
                hint: "“\(setting.name)” is on or off: write yes or no.")
        }
    }
}
