import ArgumentParser
import Budget
import Capture
import FoundationEssentials
import Settings
import Vocabulary

struct CamerasRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a camera from the configuration. Its frames stay in the archive.",
        usage: "printlapse cameras remove <camera> [<options>]",
        discussion: "A tunnel that was authorized for it is kept; “printlapse authorize CAMERA --forget” forgets it.")

    @Argument(help: "The camera.", completion: .cameras, transform: Word.camera)
    var camera: CameraName

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let file = EditableConfiguration(at: common.configuration.path)
        try file.change { text in
            guard let text else {
                throw CommandError(
                    "there is no configuration at \(file.path)",
                    hint:
                        "A camera that was only authorized is forgotten by “printlapse authorize '\(camera)' --forget”.",
                    label: "no_configuration", status: .configuration)
            }
            guard let edited = try ConfigurationEdit(text, file: file.path).removing(camera) else {
                throw CommandError(
                    "“\(camera)” is the only camera of \(file.path)",
                    hint: "Add another one first, or remove the file.", label: "last_camera", status: .configuration)
            }
            return edited
        }
        StandardError.write("“\(camera)” is no longer in \(file.path). Its frames stay in the archive.")
    }
}
