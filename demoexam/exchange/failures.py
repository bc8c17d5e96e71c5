"""Why a file could not be read: each with what to do about it."""

from demoexam.errors import FileLocked, UserError


class FileUnreadable(UserError):
    text = "Файл «{name}» не удалось прочитать."
    advice = "Откройте его в Excel, сохраните как «Книга Excel (*.xlsx)» и загрузите снова."


class FileMissing(FileUnreadable):
    text = "Файл «{name}» не найден."
    advice = "Проверьте, не переименован ли он и подключён ли диск или папка в сети."


class FileInUse(FileUnreadable, FileLocked):
    text = FileLocked.text
    advice = FileLocked.advice


class FileEmpty(FileUnreadable):
    text = "Файл «{name}» пуст."
    advice = "Выберите другой файл или сохраните таблицу заново."


class FileProtected(FileUnreadable):
    text = "Файл «{name}» защищён паролем."
    advice = "Снимите пароль в Excel (Файл → Сведения → Защита книги) и загрузите снова."


class NotASpreadsheet(FileUnreadable):
    text = "Файл «{name}» не является таблицей: {what}."
    advice = (
        "Загрузите таблицу Excel (xlsx, xls, xlsb), OpenDocument (ods), CSV или приказ Word (docx)."
    )


class OldWordDocument(NotASpreadsheet):
    advice = "Откройте его в Word, сохраните как «Документ Word (*.docx)» и загрузите снова."


class FileDangerous(FileUnreadable):
    text = "Файл «{name}» не загружен: {what}."
    advice = (
        "Так делают вредоносные файлы. Попросите прислать таблицу заново или скопируйте "
        "нужные строки на чистый лист и сохраните как новую книгу."
    )


class FileTooHeavy(FileUnreadable):
    text = "Чтение файла «{name}» остановлено: {what}."
    advice = "Скопируйте нужные строки на чистый лист, сохраните его как новую книгу и загрузите."


class TooLarge(FileTooHeavy):
    text = "Файл «{name}» разворачивается в слишком большую таблицу."


class ReaderNotStarted(FileUnreadable):
    text = "Файл «{name}» не прочитан: системе не хватило памяти или прав запустить чтение."
    advice = "Закройте лишние программы и повторите загрузку."


class FileDamaged(FileUnreadable):
    text = "Файл «{name}» повреждён или скачан не полностью."
    advice = "Скачайте или сохраните его ещё раз и повторите загрузку."


class OfficeLockFile(FileUnreadable):
    text = "«{name}» — служебный файл открытой книги, данных в нём нет."
    advice = "Выберите саму книгу: имя то же, но без «~$» в начале."


class TableNotFound(FileUnreadable):
    text = "В файле «{name}» не нашлось таблицы, которую программа узнаёт."
    advice = (
        "Нужна строка заголовков: для экспертов ФИО и организация, для студентов ФИО и группа, "
        "для мастерских название и число мест, для КОД шифр и уровень, для графика дата и группа."
    )


class WrongKind(FileUnreadable):
    text = "В файле «{name}» не нашлось таблицы вида «{kind}»."
    advice = "Проверьте, тот ли это файл, или загрузите его с видом «определить самой программой»."
