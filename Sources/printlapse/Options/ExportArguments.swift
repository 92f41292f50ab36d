import ArgumentParser
import Catalog
import Export

/// How something is exported, whatever it is of: what a rule of the configuration has as keys, too.
///
/// The groups lie side by side: a debug build of the argument parser examines each group four times for every group around it.
struct ExportArguments: ParsableArguments {
    @OptionGroup(title: "Which frames") var choice: ChoiceArguments

    @OptionGroup(title: "Videos") var preset: PresetArguments

    @OptionGroup(title: "Pace") var timing: TimingArguments

    @OptionGroup(title: "Looks") var looks: LooksArguments

    @OptionGroup(title: "Encoding") var encoding: EncodingArguments

    @OptionGroup(title: "Pictures") var pictures: PictureOptions

    @OptionGroup(title: "Sheets") var sheet: SheetArguments

    /// - Parameters:
    ///   - query: of which camera, print and time.
    ///   - output: the first one.
    func request(for query: FrameQuery, output: String) throws -> ExportRequest {
        var request = ExportRequest(frames: query, output: output)
        request.frames.limit = choice.limit
        request.selection = choice.selection
        request.isSideBySide = choice.sideBySide
        request.sheet = sheet.options
        (request.names, request.exif, request.bag) = (pictures.name, pictures.exif, pictures.bag)
        request.given = choice.given.union(pictures.given).union(sheet.given)
        try preset.fill(&request, beside: timing, looks, encoding)
        return request
    }
}
