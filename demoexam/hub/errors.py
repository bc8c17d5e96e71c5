"""Why an exchange did not take place. Local work is whole after each of these."""

from typing import ClassVar

from demoexam.errors import UserError

KEPT = "Ваши правки целы и уйдут при следующем обмене."


class SyncRefused(UserError):
    text = "Обмен с общим хранилищем не прошёл."
    advice = KEPT


class NoHub(SyncRefused):
    text = "Общее хранилище не подключено."
    advice = "Подключите его на странице «Синхронизация» или командой sync АДРЕС."


class BadAddress(SyncRefused):
    text = "Адрес общего хранилища «{url}» не понят."
    advice = "Нужен путь к файлу (sqlite:////сервер/папка/hub.db) или postgresql://имя@сервер/база."


class HubMissing(SyncRefused):
    text = "Общее хранилище «{name}» не найдено."
    advice = f"Проверьте, подключена ли сетевая папка и не переименована ли она. {KEPT}"


class HubUnreachable(SyncRefused):
    text = "Нет связи с общим хранилищем «{name}»."
    advice = f"Проверьте сеть и повторите. {KEPT}"


class HubBusy(SyncRefused):
    text = "Общее хранилище занято: с ним долго работает другой компьютер{who}."
    advice = f"Повторите через несколько минут. {KEPT}"


class HubReadOnly(SyncRefused):
    text = "В общее хранилище «{name}» нельзя записывать."
    advice = f"Попросите администратора дать вам право записи в эту папку. {KEPT}"


class HubFull(SyncRefused):
    text = "На диске с общим хранилищем нет места."
    advice = f"Попросите администратора освободить место. {KEPT}"


class HubNotWritten(SyncRefused):
    text = "Общее хранилище «{name}» не записывается: кончилось место или прервалась связь."
    advice = f"Проверьте сеть и место на диске, потом повторите. {KEPT}"


class HubDamaged(SyncRefused):
    text = "Файл общего хранилища «{name}» повреждён."
    advice = (
        "Попросите администратора вернуть его из копии: они лежат рядом в папке hub-backups. "
        f"{KEPT}"
    )


class NotAHub(SyncRefused):
    text = "«{name}» — не общее хранилище программы «ДЭ-Координатор»."
    advice = "Выберите другой файл или создайте общее хранилище."


class HubExists(SyncRefused):
    text = "Общее хранилище «{name}» уже есть."
    advice = "Подключитесь к нему или выберите для нового другое место."


class HubRestored(SyncRefused):
    question: ClassVar[bool] = True
    text = "Общее хранилище вернули из старой копии: в нём нет части того, что уже было."
    advice = (
        "Выберите: отправить в него то, что есть на этом компьютере (обычно верно), или взять "
        "оттуда всё заново. До выбора ничего не изменится."
    )


class OtherHub(SyncRefused):
    question: ClassVar[bool] = True
    text = "По этому адресу теперь другое общее хранилище."
    advice = (
        "Если его создали заново, отправьте в него свои данные. Если адрес указан по ошибке, "
        "исправьте его. До выбора ничего не изменится."
    )


class HubTooOld(SyncRefused):
    text = "Общее хранилище создано более старой программой."
    advice = f"Администратор обновляет его: hub upgrade. {KEPT}"


class ProgramTooOld(SyncRefused):
    text = "Общее хранилище ждёт более новую программу."
    advice = f"Обновите программу на этом компьютере. {KEPT}"


class SnapshotNeeded(SyncRefused):
    text = "С последнего обмена изменилось слишком многое: общие данные нужно взять заново."
    advice = f"Это займёт минуту. {KEPT}"


class CloudFolder(SyncRefused):
    text = "Папка «{name}» — облачная ({service}): файл в ней портится при работе с двух мест."
    advice = "Выберите обычную сетевую папку или сервер PostgreSQL."


class LocksDoNotWork(SyncRefused):
    text = "Сетевая папка «{name}» не умеет запирать файл на время записи."
    advice = (
        "Данные в ней могут испортиться. Попросите администратора включить блокировки "
        "или выберите другую папку."
    )


class WrongPassword(SyncRefused):
    text = "Сервер не принял имя или пароль."
    advice = f"Проверьте имя «{{user}}» и введите пароль заново. {KEPT}"


class BadCertificate(SyncRefused):
    text = "Сервер «{name}» не подтвердил, что он настоящий."
    advice = f"Не продолжайте: покажите это сообщение администратору. {KEPT}"


class NoRight(SyncRefused):
    text = "У вас нет права на это в общем хранилище."
    advice = f"Попросите администратора: hub grant. {KEPT}"
